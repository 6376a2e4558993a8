import Testing
import ToteCarts
import ToteMessages
import ToteSync
import ToteValues

/// Rows 6 and 9 to 12 of the merge table, on both stores.
@Suite("What comes too late for a payment")
struct LateEntryTests {
    typealias Fixture = CartServiceFixture
    let cart = ContractShop.cart
    let a = Fixture.a
    let b = Fixture.b
    let carry = LogHashing.carryOver(ContractShop.cart, ordinal: 1)

    private func a(_ sequence: UInt64) -> Dot { Fixture.dot(a, sequence) }

    /// One paid unit of the scan A1.
    private func paid(_ store: any CartContract) async throws {
        _ = try await store.create(cart)
        try await store.push(Fixture.scan(3))
        _ = try await store.close()
        try await store.settled(cart, ordinal: 1, receipt: "r")
    }

    @Test("a parked void before its parked scan takes its units once (rows 6, 9, 10)")
    func parkedTombstone() async throws {
        try await Contract.run { store, told in
            _ = try await store.create(cart)
            try await store.push(Fixture.scan())
            _ = try await store.close()
            try await store.push(Contract.void((a(2), 1)), as: b)
            try await store.push(Fixture.scan(3), from: 2)
            try await store.settled(cart, ordinal: 1, receipt: "r")
            #expect(try await store.fold(carry)?.liveUnits == 2)
            await told.note { "\(try await store.log(carry, cursor: nil).json)" }
        }
    }

    @Test("a reopened cart remembers a parked void whose scan comes later (rows 6, 9)")
    func reopenedTombstone() async throws {
        try await Contract.run { store, told in
            _ = try await store.create(cart)
            try await store.push(Fixture.scan())
            _ = try await store.close()
            try await store.push(Contract.void((a(2), 1)), .clip(key: "milk"), as: b)
            try await store.reopened(cart, ordinal: 1, reason: "declined")
            let answer = try await store.push(Fixture.scan(3), .clip(key: "milk"), from: 2)
            #expect(answer.results.map(\.disposition) == [.bornDead, .superseded])
            #expect(try await store.fold(cart)?.liveUnits == 3)
            await told.note { "\(answer.json)" }
        }
    }

    @Test("one void of paid and of carried goods asks back and removes (rows 11, 12)")
    func mixedVoid() async throws {
        try await Contract.run { store, told in
            try await paid(store)
            try await store.push(Fixture.scan(2), from: 2)
            let answer = try await store.push(
                Contract.void((a(1), 1), (a(2), 1), (a(1), 1)), as: b)
            #expect(answer.results.map(\.disposition) == [.refundRequested])
            #expect(try await store.fold(cart)?.dots[a(1)]?.refundRequested == 2)
            #expect(try await store.fold(carry)?.liveUnits == 1)
            await told.note { "\(try await store.refunds(cart))" }
        }
    }

    @Test("what is left of a late scan whose void came first is carried (rows 6, 10)")
    func lateTombstone() async throws {
        try await Contract.run { store, told in
            try await paid(store)
            try await store.push(Contract.void((a(2), 1)), as: b)
            let answer = try await store.push(Fixture.scan(3), from: 2)
            #expect(answer.results.map(\.disposition) == [.bornDead])
            #expect(try await store.fold(carry)?.liveUnits == 2)
            await told.note { "\(answer.json)" }
        }
    }

    @Test("what is carried into a cart that is being paid waits, and then moves on (row 9)")
    func chained() async throws {
        try await Contract.run { store, told in
            try await paid(store)
            try await store.push(Fixture.scan(2), Fixture.scan(4), from: 2)
            _ = try await store.close(carry, id: 2)
            try await store.push(Fixture.scan(5), Contract.void((a(2), 1), (a(4), 2)), from: 4)
            #expect(try await store.fold(carry)?.parked.count == 2)
            try await store.settled(carry, ordinal: 1, receipt: "r2")
            let next = LogHashing.carryOver(carry, ordinal: 1)
            #expect(try await store.fold(carry)?.dots[a(2)]?.refundRequested == 1)
            #expect(try await store.fold(next)?.liveUnits == 3)
            try await store.push(Fixture.scan(1), from: 6)
            #expect(try await store.fold(next)?.liveUnits == 4)
            await told.note { "\(try await store.log(next, cursor: nil).json)" }
            await told.note { "\(try await store.refunds(carry))" }
        }
    }
}
