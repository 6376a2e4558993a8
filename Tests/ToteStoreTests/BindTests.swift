import Testing
import ToteCarts
import ToteMessages
import ToteStore
import ToteSync
import ToteValues

/// SYNC-17 and row 21 of the merge table, on both stores.
@Suite("Joining two carts")
struct BindTests {
    typealias Fixture = CartServiceFixture
    let cart = ContractShop.cart
    let other = CartID(Bytes16(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0007))
    let a = Fixture.a
    let b = Fixture.b

    @Test("the other's entries come in under their own names and hashes, once (row 21)")
    func union() async throws {
        try await Contract.run { store, told in
            _ = try await store.create(cart)
            _ = try await store.create(other)
            try await store.push(Fixture.scan(2), .clip(key: "milk"))
            try await store.push(
                Fixture.scan(3), .release(Fixture.dot(b, 1)), Fixture.scan(code: "hold"),
                Contract.void((Fixture.dot(b, 1), 1)), as: b, to: other)
            await told.note { try await store.bind(cart, other).text }
            await told.note { try await store.bind(cart, other).text }
            let fold = try #require(try await store.fold(cart))
            #expect(fold.liveUnits == 2 + 2 + 1)
            #expect(fold.holds == [Fixture.dot(b, 3)])
            let joined = try await store.log(cart, cursor: nil).entries
            let before = joined.filter { $0.dot.device == b.device }.map(\.dot.sequence)
            #expect(before == [1, 2, 3, 4])
            // The device goes on in the same stream, and is told where.
            await told.note { "\(try await store.push(Fixture.scan(), from: 5, as: b, to: other))" }
            #expect(try await store.push(Fixture.scan(), from: 5, as: b).ack == 5)
            let again = Contract.void((Fixture.dot(b, 1), 1))
            #expect(try await store.push(again, from: 4, as: b).ack == 5)
            await told.note { "\(try await store.log(cart, cursor: nil).json)" }
        }
    }

    @Test("carts that are not open, or that are too much together, are not joined")
    func refusals() async throws {
        try await Contract.run { store, told in
            _ = try await store.create(cart)
            _ = try await store.create(other)
            #expect(await problem { _ = try await store.bind(cart, cart) } == "invalid")
            try await store.push(Fixture.scan(999), Fixture.scan(999))
            try await store.push(Fixture.scan(3), as: b, to: other)
            #expect(await problem { _ = try await store.bind(cart, other) } == "invalid")
            try await store.push(Contract.void((Fixture.dot(a, 1), 999)), from: 3)
            _ = try await store.close(other)
            #expect(await problem { _ = try await store.bind(cart, other) } == "closed")
            #expect(await problem { _ = try await store.bind(other, cart) } == "closed")
            try await store.reopened(other, ordinal: 1, reason: "declined")
            #expect(try await store.bind(cart, other).revision > 0)
            let stranger = CartID(Bytes16(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0009))
            #expect(await problem { _ = try await store.bind(cart, stranger) } == "unknownCart")
            await told.note { "\(try await store.bind(stranger, other))" }
        }
    }

    @Test("carts of two members stay two; a guest's goes to the member's")
    func members() throws {
        var carts = StoreCarts(epoch: Epoch(1))
        let third = CartID(Bytes16(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0008))
        carts.create(cart, member: "ada")
        carts.create(other, member: "ben")
        carts.create(third, member: nil)
        #expect(throws: Problem.self) { _ = try carts.bind(cart, from: other) }
        _ = try carts.bind(third, from: cart)
        #expect(carts[third]?.cart.head.member == "ada")
        #expect(carts[cart]?.cart.head.state == .moved)
    }
}
