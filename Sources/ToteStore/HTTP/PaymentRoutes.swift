import ToteMessages
import ToteValues

/// Settlement, receipt, exit and gate over HTTP.
extension RouteTable {
    func addPaymentRoutes() {
        on(.planSettlement) { exchange in
            let plan = try exchange.json(PlanRequest.self)
            return .json(
                try await exchange.services.settlements.plan(
                    cart: try exchange.cart(), ordinal: try exchange.ordinal(), plan,
                    caller: try await exchange.knownCaller()))
        }
        on(.settlement) { exchange in
            .json(
                try await exchange.services.settlements.state(
                    cart: try exchange.cart(), ordinal: try exchange.ordinal(),
                    caller: try await exchange.knownCaller()))
        }
        on(.addLegs) { exchange in
            let plan = try exchange.json(PlanRequest.self)
            return .json(
                try await exchange.services.settlements.addLegs(
                    cart: try exchange.cart(), ordinal: try exchange.ordinal(), plan,
                    caller: try await exchange.knownCaller(),
                    idempotencyKey: exchange.header("Idempotency-Key")))
        }
        on(.capture) { exchange in
            .json(
                try await exchange.services.settlements.capture(
                    cart: try exchange.cart(), ordinal: try exchange.ordinal(),
                    caller: try await exchange.knownCaller(),
                    idempotencyKey: exchange.header("Idempotency-Key")))
        }
        on(.giveUp) { exchange in
            .json(
                try await exchange.services.settlements.giveUp(
                    cart: try exchange.cart(), ordinal: try exchange.ordinal(),
                    caller: try await exchange.knownCaller(),
                    idempotencyKey: exchange.header("Idempotency-Key")))
        }
        on(.receipt) { exchange in
            let sequence = try exchange.path("sequence") { text in
                DecimalText.unsigned(text).flatMap { Int64(exactly: $0) }
            }
            return .json(
                try await exchange.services.settlements.receipt(
                    sequence: sequence, caller: try await exchange.knownCaller()))
        }
        addExitRoutes()
    }

    private func addExitRoutes() {
        on(.exit) { exchange in
            .json(
                try await exchange.services.exits.exit(
                    cart: try exchange.cart(), caller: try await exchange.knownCaller()))
        }
        on(.gateConsume) { exchange in
            try await Self.requireGate(exchange)
            return .json(
                try await exchange.services.exits.consume(
                    try exchange.json(GateConsumeRequest.self)))
        }
        on(.gateKeys) { exchange in .json(try exchange.services.exits.keySet()) }
    }

    /// A gate has no token: its key is listed in the store's configuration.
    private static func requireGate(_ exchange: Exchange) async throws {
        guard let key = try await exchange.caller().keyThumbprint else {
            throw Problem.unauthorised("A proof of the gate's key is needed.")
        }
        guard exchange.services.configuration.gateKeys.contains(key) else {
            throw Problem.wrongRole
        }
    }
}
