import Testing
import ToteCarts
import ToteMessages
import ToteStore
import ToteSync
import ToteValues

/// The table of SYNC-61, on the value that both stores share.
@Suite("Healing after a restore")
struct HealingTests {
    typealias Fixture = CartServiceFixture
    let cart = ContractShop.cart

    private func a(_ sequence: UInt64) -> Dot { Fixture.dot(Fixture.a, sequence) }

    /// Three units scanned; then the store is restored to this and begins another epoch.
    private func restored(units: Int = 3) async throws -> MemoryCarts {
        let store = MemoryCarts(epoch: Epoch(1))
        _ = store.create(cart)
        try await store.push(Fixture.scan(units))
        store.carts.begin(epoch: Epoch(2))
        return store
    }

    private func holding(
        _ dots: [DotUnits], ordinal: Int32 = 1, captured: Int64 = 0, open: Int64 = 0
    ) -> ProviderHolding {
        ProviderHolding(
            ordinal: ordinal, setHash: LogHashing.set(dots),
            totalMinor: Int64(dots.reduce(0) { $0 + $1.units }) * 100, capturedMinor: captured,
            openMinor: open)
    }

    private func confirmed(_ dots: [DotUnits], ordinal: Int32 = 1) -> ConfirmedSet {
        ConfirmedSet(
            ordinal: ordinal, closeID: CloseID(Bytes16(high: 0, low: 9)),
            cursor: Cursor(epoch: Epoch(1), revision: 1, hash: LogHashing.start(cart)),
            at: ContractShop.now, dots: dots, totalMinor: 1, currency: .euro,
            quoteHash: [UInt8](repeating: 0, count: 32))
    }

    private func attest(
        _ store: MemoryCarts, _ holdings: [ProviderHolding], sets: [ConfirmedSet] = [],
        receipts: [VerifiedReceipt] = []
    ) throws -> Healing {
        try store.carts.attest(
            cart, holdings, sets: sets, receipts: receipts, now: ContractShop.now,
            price: ContractShop.price, receipt: { "receipt \($0.ordinal)" })
    }

    @Test("a new epoch lets no cart close until the provider was asked (SYNC-60)")
    func reconciling() async throws {
        let store = try await restored()
        #expect(await problem { _ = try await store.close() } == "reconciling")
        #expect(try await store.push(Fixture.scan(), from: 2).ack == 2)
        #expect(try attest(store, []) == .cleared)
        #expect(try await store.close().ordinal == 1)
    }

    @Test("a cursor that does not fit its own epoch asks too, at most once a minute (SYNC-60)")
    func silentRollback() async throws {
        try await Contract.run { store, told in
            _ = try await store.create(cart)
            let cursor = try await store.push(Fixture.scan()).delta.cursor
            let other = Cursor(epoch: cursor.epoch, revision: 7, hash: cursor.hash)
            let request = Contract.push(cursor: other)
            #expect(await problem { _ = try await store.sync(cart, request) } == "resync")
            #expect(await problem { _ = try await store.close() } == "reconciling")
            let stranger = Cursor(epoch: Epoch(5), revision: 1, hash: cursor.hash)
            await told.note { "\(try await store.log(cart, cursor: stranger))" }
        }
        let store = try await restored()
        _ = try attest(store, [])
        let cursor = try store.quote(cart).cursor
        let other = Cursor(epoch: cursor.epoch, revision: 7, hash: cursor.hash)
        _ = await problem { _ = try store.log(cart, cursor: other) }
        #expect(store.carts[cart]?.cart.head.mustReconcile == true)
        _ = try attest(store, [])
        _ = await problem { _ = try store.log(cart, cursor: other) }
        #expect(store.carts[cart]?.cart.head.mustReconcile == false)
    }

    @Test("a capture of what is live settles that set, and charges nothing again (SYNC-61)")
    func capturedLive() async throws {
        let store = try await restored()
        let set = [DotUnits(dot: a(1), units: 3)]
        #expect(try attest(store, [holding(set, captured: 300)]) == .settle(1))
        let healed = try #require(store.fold(cart))
        #expect(healed.state == .paid && healed.receipts == [1: "receipt 1"])
        #expect(healed.dots[a(1)]?.paid == 3)
        #expect(await problem { _ = try await store.close() } == "closed")
        #expect(try attest(store, [holding(set, captured: 300)]) == .cleared)
    }

    @Test("what was scanned and removed since is carried and asked back (SYNC-61)")
    func capturedConfirmed() async throws {
        let store = try await restored()
        let set = [DotUnits(dot: a(1), units: 3)]
        try await store.push(Contract.void((a(1), 1)), Fixture.scan(2), as: Fixture.b)
        #expect(try attest(store, [holding(set, captured: 300)]) == .waiting(1))
        #expect(
            try attest(store, [holding(set, captured: 300)], sets: [confirmed(set)]) == .settle(1))
        let healed = try #require(store.fold(cart))
        #expect(healed.dots[a(1)]?.paid == 3)
        #expect(healed.dots[a(1)]?.refundRequested == 1)
        #expect(healed.dots[a(1)]?.voided == 0)
        #expect(store.fold(LogHashing.carryOver(cart, ordinal: 1))?.liveUnits == 2)
        #expect(store.refunds(cart).count == 1)
    }

    @Test("a capture whose set is not all here waits, and nothing can be charged (SYNC-61)")
    func waits() async throws {
        let store = try await restored()
        let set = [DotUnits(dot: a(1), units: 3), DotUnits(dot: a(2), units: 1)]
        let held = holding(set, captured: 400)
        #expect(try attest(store, [held], sets: [confirmed(set)]) == .waiting(1))
        #expect(await problem { _ = try await store.close() } == "reconciling")
        try await store.push(Fixture.scan(), from: 2)
        #expect(try attest(store, [held], sets: [confirmed(set)]) == .settle(1))
    }

    @Test("a set that the provider was not told of counts for nothing (SYNC-62)")
    func forged() async throws {
        let store = try await restored()
        let set = [DotUnits(dot: a(1), units: 3)]
        let forged = [DotUnits(dot: a(1), units: 1)]
        #expect(
            try attest(
                store, [holding(set, ordinal: 2, captured: 300)],
                sets: [confirmed(forged, ordinal: 2), confirmed(set, ordinal: 3)],
                receipts: [VerifiedReceipt(ordinal: 2, setHash: LogHashing.set(forged))])
                == .settle(2))
        #expect(store.fold(cart)?.dots[a(1)]?.paid == 3)
        let other = try await restored()
        #expect(
            try attest(other, [holding(set, captured: 100)], receipts: []) == .resumed(1))
    }

    @Test("an open authorisation goes on under its own ordinal and key (SYNC-61)")
    func resumed() async throws {
        let store = try await restored()
        let set = [DotUnits(dot: a(1), units: 3)]
        #expect(
            try attest(store, [holding(set, ordinal: 2, open: 300)], sets: [])
                == .resumed(2))
        #expect(store.frozen(cart, 2)?.key == LogHashing.settlement(cart, ordinal: 2))
        #expect(await problem { _ = try await store.close() } == "closed")
        try store.reopened(cart, ordinal: 2, reason: "voided")
        #expect(store.fold(cart)?.liveUnits == 3)
    }

    @Test("a receipt that comes after its close stands again settles it (SYNC-62)")
    func lateReceipt() async throws {
        let store = try await restored()
        let set = [DotUnits(dot: a(1), units: 3)]
        let held = holding(set, captured: 100)
        #expect(try attest(store, [held], receipts: []) == .resumed(1))
        let receipt = VerifiedReceipt(ordinal: 1, setHash: LogHashing.set(set))
        #expect(try attest(store, [held], receipts: [receipt]) == .settle(1))
        #expect(store.fold(cart)?.dots[a(1)]?.paid == 3)
    }

    @Test("removed units are in a resumed set, and removed again when it is given up (SYNC-61)")
    func resumedAndGivenUp() async throws {
        let store = try await restored()
        let set = [DotUnits(dot: a(1), units: 3)]
        try await store.push(Contract.void((a(1), 2)), as: Fixture.b)
        #expect(
            try attest(store, [holding(set, open: 300)], sets: [confirmed(set)]) == .resumed(1))
        #expect(store.fold(cart)?.dots[a(1)]?.frozen == 3)
        try store.reopened(cart, ordinal: 1, reason: "voided")
        #expect(store.fold(cart)?.dots[a(1)]?.live == 1)
    }
}
