import GRDB
import Synchronization
public import TotePayments
public import ToteValues

/// A provider in process, strict and deterministic (SBX-0): keys for ever, another body under a
/// known key is refused, so are over-capture, over-refund and the capture of a void. Its book is
/// its own and durable, so a store that was killed can ask what had happened. Never in a live
/// store.
///
/// Tokens read `sb_BRAND_LAST4` with an optional further part; the last four digits decide: 0002
/// insufficient funds, 0069 expired, 0005 not allowed, 0041 do not retry, 3220 the shopper must
/// act, every other number pays.
public final class SandboxProvider: PaymentProvider {
    public let identifier = "sandbox"

    private let database: StoreDatabase
    private let world: World
    private let faults = Mutex<[PlannedFault]>([])

    private struct PlannedFault {
        var fault: SandboxFault
        var operation: ProviderOperation
        var times: Int
    }

    package init(database: StoreDatabase, world: World) {
        self.database = database
        self.world = world
    }

    /// The next `times` calls of this operation go wrong in this way.
    public func inject(_ fault: SandboxFault, on operation: ProviderOperation, times: Int = 1) {
        faults.withLock {
            $0.append(PlannedFault(fault: fault, operation: operation, times: times))
        }
    }

    public func authorise(
        _ request: AuthorisationRequest
    ) async throws(PaymentProviderError) -> ProviderOutcome {
        let card = try SandboxCard(token: request.token)
        let body = "\(request.token) \(request.amount.minor) \(request.amount.currency)"
        let expiresAt = world.now().adding(seconds: 7 * 86_400)
        return try await perform(request.key, .authorise, body) { db, fault in
            try SandboxBook.authorise(
                db, request, card: card, expiresAt: expiresAt, fault: fault)
        }
    }

    public func capture(
        _ request: CaptureRequest
    ) async throws(PaymentProviderError) -> ProviderOutcome {
        let body = "\(request.authorisation) \(request.amount.minor) \(request.amount.currency)"
        return try await perform(request.key, .capture, body) { db, fault in
            if case .declineWith(let reason)? = fault { return .declined(reason) }
            return try SandboxBook.capture(
                db, authorisation: request.authorisation, amount: request.amount)
        }
    }

    public func void(
        _ request: VoidRequest
    ) async throws(PaymentProviderError) -> ProviderOutcome {
        try await perform(request.key, .void, request.authorisation.text) { db, fault in
            if case .declineWith(let reason)? = fault { return .declined(reason) }
            return try SandboxBook.void(db, authorisation: request.authorisation)
        }
    }

    public func refund(
        _ request: RefundRequest
    ) async throws(PaymentProviderError) -> ProviderOutcome {
        let body = "\(request.authorisation) \(request.amount.minor) \(request.amount.currency)"
        return try await perform(request.key, .refund, body) { db, fault in
            if case .declineWith(let reason)? = fault { return .declined(reason) }
            return try SandboxBook.refund(
                db, authorisation: request.authorisation, amount: request.amount)
        }
    }

    public func status(
        of key: ProviderKey
    ) async throws(PaymentProviderError) -> ProviderTruth {
        do {
            return try await database.read { db in
                try SandboxBook.call(db, key: key).map { .known($0.outcome) } ?? .neverSeen
            }
        } catch { throw .noAnswer }
    }

    public func charges(
        of cart: CartID
    ) async throws(PaymentProviderError) -> [ProviderCharge] {
        do { return try await database.read { try SandboxBook.charges($0, of: cart) } } catch {
            throw .noAnswer
        }
    }

    /// The shopper has finished the page of a call that needed them.
    package func finishPage(of key: ProviderKey, approved: Bool) async throws {
        try await database.write { db in
            try SandboxBook.finishPage(db, key: key, approved: approved)
        }
    }

    /// Minor units captured less refunded, over the whole book: what reconciliation compares.
    package func capturedTotal() async throws -> Int64 {
        try await database.read { try SandboxBook.capturedTotal($0) }
    }

    private func takeFault(_ operation: ProviderOperation) -> SandboxFault? {
        faults.withLock { faults in
            guard let index = faults.firstIndex(where: { $0.operation == operation }) else {
                return nil
            }
            faults[index].times -= 1
            let fault = faults[index].fault
            if faults[index].times <= 0 { faults.remove(at: index) }
            return fault
        }
    }

    private func perform(
        _ key: ProviderKey, _ operation: ProviderOperation, _ body: String,
        _ work: @escaping @Sendable (Database, SandboxFault?) throws -> ProviderOutcome
    ) async throws(PaymentProviderError) -> ProviderOutcome {
        let fault = takeFault(operation)
        if fault == .dropRequest { throw .noAnswer }
        let outcome: ProviderOutcome
        do {
            outcome = try await database.write { db in
                if let call = try SandboxBook.call(db, key: key) {
                    guard call.body == body, call.operation == operation.name else {
                        throw PaymentProviderError.refusedRequest("key used for another request")
                    }
                    return call.outcome
                }
                let outcome = try work(db, fault)
                try SandboxBook.record(db, key, operation, body: body, outcome: outcome)
                return outcome
            }
        } catch let error as PaymentProviderError {
            throw error
        } catch {
            throw .noAnswer
        }
        if fault == .dropReply { throw .noAnswer }
        return outcome
    }
}

/// What can be made to go wrong (SBX-1, SBX-2).
public enum SandboxFault: Hashable, Sendable {
    case declineWith(DeclineReason)
    /// Basis points of what was asked.
    case partial(Int64)
    case needsShopper
    /// The request never arrives.
    case dropRequest
    /// It is done, the answer is lost.
    case dropReply
}

/// A sandbox token taken apart.
struct SandboxCard: Hashable, Sendable {
    let brand: String
    let last4: String

    init(token: String) throws(PaymentProviderError) {
        let parts = token.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0] == "sb", !parts[1].isEmpty, parts[2].utf8.count == 4,
            parts[2].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw .refusedRequest("no token of this sandbox") }
        brand = String(parts[1])
        last4 = String(parts[2])
    }

    var decline: DeclineReason? {
        switch last4 {
        case "0002": .insufficientFunds
        case "0069": .expired
        case "0005": .notAllowed
        case "0041": .doNotRetry
        default: nil
        }
    }

    var needsShopper: Bool { last4 == "3220" }
}
