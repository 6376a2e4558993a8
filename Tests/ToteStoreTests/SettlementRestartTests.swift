import Testing
import ToteCarts
import ToteMessages
import TotePayments
import ToteStore
import ToteValues

/// A provider that stops the world at one call: the store is "killed" there and opened again.
private struct StoppingProvider: PaymentProvider {
    let sandbox: SandboxProvider
    let stopsAt: ProviderOperation
    /// Whether the provider had done it.
    let afterDoing: Bool

    struct Stopped: Error {}
    var identifier: String { sandbox.identifier }

    private func stop(
        _ operation: ProviderOperation,
        _ work: () async throws(PaymentProviderError) -> ProviderOutcome
    ) async throws(PaymentProviderError) -> ProviderOutcome {
        guard operation == stopsAt else { return try await work() }
        if afterDoing { _ = try await work() }
        // The process is gone: this call never returns to the store.
        while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(5)) }
        throw .noAnswer
    }

    func authorise(
        _ request: AuthorisationRequest
    ) async throws(PaymentProviderError) -> ProviderOutcome {
        try await stop(.authorise) { () async throws(PaymentProviderError) in
            try await sandbox.authorise(request)
        }
    }

    func capture(_ request: CaptureRequest) async throws(PaymentProviderError) -> ProviderOutcome {
        try await stop(.capture) { () async throws(PaymentProviderError) in
            try await sandbox.capture(request)
        }
    }

    func void(_ request: VoidRequest) async throws(PaymentProviderError) -> ProviderOutcome {
        try await stop(.void) { () async throws(PaymentProviderError) in
            try await sandbox.void(request)
        }
    }

    func refund(_ request: RefundRequest) async throws(PaymentProviderError) -> ProviderOutcome {
        try await sandbox.refund(request)
    }

    func status(of key: ProviderKey) async throws(PaymentProviderError) -> ProviderTruth {
        try await sandbox.status(of: key)
    }
}

@Suite("A store killed while paying")
struct SettlementRestartTests {
    struct Stop: Sendable, CustomTestStringConvertible {
        let operation: ProviderOperation
        let afterDoing: Bool
        var testDescription: String { "\(operation.name), \(afterDoing ? "done" : "not sent")" }
    }

    static let stops = [ProviderOperation.authorise, .capture, .void].flatMap { operation in
        [
            Stop(operation: operation, afterDoing: false),
            Stop(operation: operation, afterDoing: true),
        ]
    }

    @Test("killed with a call out: it resumes by status, and money moves once", arguments: stops)
    func resumes(stop: Stop) async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let stopping = SettlementService(
            database: shop.database, carts: shop.told.carts, keys: shop.keys,
            provider: StoppingProvider(
                sandbox: shop.sandbox, stopsAt: stop.operation, afterDoing: stop.afterDoing),
            world: shop.clock.world)
        let abandoned = Task { await Self.drive(stopping, to: stop.operation) }
        try await Self.wait(for: stop, shop)

        // The next process: same file, a new service, no memory of the call.
        try await shop.service.recover()
        let state = try await shop.state()
        switch stop.operation {
        case .authorise:
            #expect(state.knownState == .authorised)
            #expect(try await shop.capture().knownState == .captured)
        case .capture: #expect(state.knownState == .captured)
        default: #expect(state.knownState == .voided)
        }
        let isVoid = stop.operation == .void
        #expect(try await shop.sandbox.capturedTotal() == (isVoid ? 0 : 1312))
        #expect(shop.told.settled.count == (isVoid ? 0 : 1))
        #expect(shop.told.reopened.count == (isVoid ? 1 : 0))
        #expect(try await shop.available("giftCard:gc-1") == (isVoid ? 5000 : 4000))
        abandoned.cancel()
    }

    private static func drive(_ service: SettlementService, to operation: ProviderOperation) async {
        let cart = SettlementFixture.cart
        let caller = SettlementFixture.caller()
        let plan = PlanRequest(tenders: [.giftCard(1000), .card(.rest)])
        _ = try? await service.plan(cart: cart, ordinal: 1, plan, caller: caller)
        let key = SettlementFixture.newKey()
        if operation == .capture {
            _ = try? await service.capture(
                cart: cart, ordinal: 1, caller: caller, idempotencyKey: key)
        }
        if operation == .void {
            _ = try? await service.giveUp(
                cart: cart, ordinal: 1, caller: caller, idempotencyKey: key)
        }
    }

    /// Until the call is out and, where it is done, done.
    private static func wait(for stop: Stop, _ shop: SettlementFixture) async throws {
        let key = ProviderKey(
            settlement: CartsTold.frozen.key, leg: 2, operation: stop.operation, attempt: 1)
        let state: SettlementState =
            switch stop.operation {
            case .authorise: .authorising
            case .capture: .capturing
            default: .voiding
            }
        for _ in 0..<400 {
            let isOut = try await shop.state().knownState == state
            let isDone = try await shop.sandbox.status(of: key) != .neverSeen
            if isOut, isDone == stop.afterDoing { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        Issue.record("the call never went out")
    }
}
