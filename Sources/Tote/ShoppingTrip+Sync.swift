import ToteCarts
import ToteCatalogue
import ToteMembers
import ToteMessages
import ToteSync
import ToteValues

/// Device and store agree on the cart's log. Scanning never waits for this.
extension ShoppingTrip {
    /// Sends what is unsent and takes what is new.
    /// - Throws: `unreachable` (exit 69) with everything kept and queued; `refusal`.
    public func sync() async throws(TripError) -> SyncStatus {
        if let refusal { throw refusal }
        let record = try openRecord()
        do throws(TripError) {
            let report = try await synchronise(record)
            // What the store does not take in now it asks for before it closes the cart.
            if report.mustAttest { _ = try? await heal(record) }
            await revisitEarlierTrips(than: record.cart)
            isOffline = false
            note(nil)
            // What nothing depends on any more may go; another time, if the disk is full.
            try? cartErrors { () throws(CartError) in _ = try carts.prune() }
            // A receipt that does not come now is asked for again by the next sync.
            try? await collectReceipts()
            return try status(pushed: report.pushed, pulled: report.pulled)
        } catch {
            if error.kind == .unreachable { isOffline = true }
            note(error)
            throw error
        }
    }

    /// Tells the store about the cart where it does not know it, then syncs.
    func synchronise(_ record: CartRecord) async throws(TripError) -> SyncReport {
        let registered = try await registered(record)
        do throws(SyncError) {
            return try await run(registered)
        } catch {
            switch error.code {
            case .unknownCart where record.isRegistered: break
            case .unauthorised where try membership() == nil: break
            case .unauthorised:
                // Told apart from a token that is merely over: `sessionEnded` makes it a guest's.
                try await renewMemberCredential()
                do throws(SyncError) { return try await run(registered) } catch {
                    throw tripError(error)
                }
            default: throw tripError(error)
            }
        }
        // A store restored from backup may have forgotten the cart, and a grant runs out: the
        // store is told again, once.
        try cartErrors { () throws(CartError) in try carts.unregister(record.cart) }
        let again = try await self.registered(try cartRecord(record.cart) ?? record)
        do throws(SyncError) { return try await run(again) } catch { throw tripError(error) }
    }

    private func run(_ record: CartRecord) async throws(SyncError) -> SyncReport {
        let credential: DeviceCredential
        let client: StoreClient
        do throws(TripError) {
            credential = try await self.credential(record)
            client = try storeClient()
        } catch {
            throw SyncError(
                error.kind == .unreachable ? .unreachable : .unauthorised, detail: error.code,
                message: error.message, mend: error.mend)
        }
        let runner = runner(record.cart, client)
        return try await runner.syncNow(record.cart, credential: credential)
    }

    /// One runner a cart, so that it remembers how often in a row the store did not answer.
    private func runner(_ cart: CartID, _ client: StoreClient) -> SyncRunner {
        if let runner, runner.cart == cart { return runner.runner }
        let fresh = SyncRunner(store: carts, client: client, world: world)
        runner = (cart, fresh)
        return fresh
    }

    /// How long a host that syncs in the background waits before the next `sync`, milliseconds.
    public var syncPauseMilliseconds: Int64 {
        get async { await runner?.runner.pauseMilliseconds ?? SyncRunner.idleMilliseconds }
    }

    /// What proves this device's right to the cart: the member's token, or the guest's grant.
    func credential(_ record: CartRecord) async throws(TripError) -> DeviceCredential {
        if try membership() != nil { return try await memberCredential() }
        // A trip that outlived its sign-in has no grant yet: its key gets one.
        var known = try cartRecord(record.cart) ?? record
        if known.grant == nil { known = try await registered(known) }
        guard let grant = known.grant else { throw .notSignedIn }
        return DeviceCredential(key: try tripKey(record), token: grant, world: world)
    }

    /// `POST /v1/carts`, once; a repeat finds the same cart again.
    private func registered(_ record: CartRecord) async throws(TripError) -> CartRecord {
        let signedIn = try membership() != nil
        guard !record.isRegistered || (!signedIn && record.grant == nil) else { return record }
        let key = signedIn ? try deviceKey() : try tripKey(record)
        let request = CreateCartRequest(
            cart: record.cart, store: try catalogue().profile.store, device: record.device,
            key: key.x)
        let proof: any RequestCredential =
            signedIn ? try await memberCredential() : KeyProof(key: key, world: world)
        let answer = try await call(
            .createCart, request, answer: CreateCartAnswer.self,
            dataClasses: ["cart", "device", "deviceKey"], credential: proof)
        guard answer.cart == record.cart else { throw .nonsense }
        return try cartErrors { () throws(CartError) in
            try carts.register(record.cart, grant: answer.grant)
            return try carts.record(record.cart) ?? record
        }
    }
}
