public import ToteCarts
public import ToteMessages
import TotePrivacy
public import ToteValues

/// What a sync did.
public struct SyncReport: Hashable, Sendable {
    /// Operations that the store acknowledged.
    public var pushed = 0
    /// Entries of the store's log that came in.
    public var pulled = 0
    /// Operations that the store refused as malformed and that became a skip (SYNC-26).
    public var refused: [CartOperation] = []
    /// Operations that were not simply applied.
    public var results: [SyncResult] = []
    /// The store was restored: tell it what this device remembers of payments (SYNC-61).
    public var mustAttest = false

    public init() {}
}

/// Performs the effects of `DeviceSync` for one cart: each of its steps is durable in one
/// transaction before anything is sent or counts.
public actor SyncRunner {
    private let store: CartStore
    private let client: StoreClient
    private let world: World
    private var machine = DeviceSync()
    private var isRunning = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// How long to wait before the next call: 25 s while all is well, after failures as the
    /// machine backs off or the store asks (SYNC-52).
    public private(set) var pauseMilliseconds = SyncRunner.idleMilliseconds
    public static let idleMilliseconds: Int64 = 25_000

    public init(store: CartStore, client: StoreClient, world: World) {
        self.store = store
        self.client = client
        self.world = world
    }

    /// Sends all that is unsent and pulls all that is new, once. A call while another is under
    /// way waits for it and then does its own: one request of a cart is in flight (SYNC-53).
    /// - Throws: the first failure; a later call goes on where this one stopped.
    public func syncNow(
        _ cart: CartID, credential: (any RequestCredential)? = nil
    ) async throws(SyncError) -> SyncReport {
        while isRunning { await withCheckedContinuation { waiting.append($0) } }
        isRunning = true
        defer {
            isRunning = false
            for caller in waiting { caller.resume() }
            waiting = []
        }
        return try await exchange(cart, credential)
    }

    private func exchange(
        _ cart: CartID, _ credential: (any RequestCredential)?
    ) async throws(SyncError) -> SyncReport {
        var report = SyncReport()
        var failure: SyncError?
        var effects = try begin(cart)
        while let (request, number) = effects.lazy.compactMap(\.request).first {
            let response: SyncResponse
            (response, failure) = await send(request, cart, credential)
            effects = try step(.response(response, to: number), cart)
            report.take(effects)
            if effects.contains(.gaveUp) { failure = .nonsense }
        }
        pauseMilliseconds = pause(effects)
        switch machine.state {
        case .backingOff, .unauthorised: throw failure ?? .nonsense
        default: return report
        }
    }

    private func begin(_ cart: CartID) throws(SyncError) -> [DeviceSync.Effect] {
        switch machine.state {
        case .backingOff: try step(.linkUp, cart)
        case .unauthorised: try step(.credential, cart)
        default: try step(.wanted, cart)
        }
    }

    /// One step of the machine and of the cart, durable when this returns.
    private func step(
        _ event: DeviceSync.Event, _ cart: CartID
    ) throws(SyncError) -> [DeviceSync.Effect] {
        var next = machine
        let now = world.uptimeMilliseconds()
        let world = world
        do throws(CartError) {
            let effects = try store.change(cart) { cart in
                next.handle(event, cart: &cart, uptimeMilliseconds: now) {
                    Incarnation(world.newUInt64())
                }
            }
            machine = next
            return effects
        } catch {
            pauseMilliseconds = pause(machine.fileFailed())
            throw SyncError(
                .storage, detail: error.code.rawValue, message: error.message, mend: error.mend)
        }
    }

    private func send(
        _ request: SyncRequest, _ cart: CartID, _ credential: (any RequestCredential)?
    ) async -> (SyncResponse, SyncError?) {
        do throws(StoreClientError) {
            let answer = try await client.call(
                .sync(cart), request, answer: SyncAnswer.self, purpose: .contractCheckout,
                dataClasses: ["basket"], credential: credential)
            return (.answer(answer), nil)
        } catch {
            let response: SyncResponse =
                switch error {
                case .problem(let problem): .problem(problem)
                case .credential: .noCredential
                case .nonsense, .connection, .privacy: .none
                }
            return (response, Self.failure(error))
        }
    }

    private func pause(_ effects: [DeviceSync.Effect]) -> Int64 {
        for effect in effects {
            switch effect {
            case .wait(let bound): return Int64(world.chance(below: UInt64(bound) + 1))
            case .waitExactly(let milliseconds): return milliseconds
            case .send, .took, .refused, .attest, .gaveUp: continue
            }
        }
        return Self.idleMilliseconds
    }
}

extension DeviceSync.Effect {
    fileprivate var request: (SyncRequest, UInt64)? {
        if case .send(let request, let number) = self { (request, number) } else { nil }
    }
}

extension SyncReport {
    fileprivate mutating func take(_ effects: [DeviceSync.Effect]) {
        for effect in effects {
            switch effect {
            case .took(let pushed, let pulled, let results):
                self.pushed += pushed
                self.pulled += pulled
                self.results += results
            case .refused(let operation): refused.append(operation)
            case .attest: mustAttest = true
            case .send, .wait, .waitExactly, .gaveUp: continue
            }
        }
    }
}

extension SyncRunner {
    private static func failure(_ error: StoreClientError) -> SyncError {
        switch error {
        case .problem(let problem): failure(problem)
        case .nonsense: .nonsense
        case .credential: .unauthorised
        case .connection(.tooLarge): .nonsense
        case .connection: .unreachable
        case .privacy(let error):
            SyncError(
                .refused, detail: error.code.rawValue, message: error.message, mend: error.mend)
        }
    }

    private static func failure(_ problem: Problem) -> SyncError {
        let code: SyncError.Code =
            switch (problem.status, problem.code.rawValue) {
            case (401, _): .unauthorised
            case (404, _): .unknownCart
            case (409, "moved"): .moved
            case (429, _), (500..., _): .busy
            default: .refused
            }
        return SyncError(
            code, detail: problem.code.rawValue,
            message: problem.detail ?? "The store refused: \(problem.code.rawValue).",
            mend: code == .unauthorised ? "Sign in again: tote login" : "Try again later.",
            retryAfterSeconds: problem.retryAfterSeconds)
    }
}
