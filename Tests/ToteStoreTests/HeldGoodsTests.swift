import Testing
import ToteCarts
import ToteMessages
import ToteStore
import ToteSync
import ToteValues

/// Rows 16 and 17 of the merge table.
@Suite("Goods that the store holds")
struct HeldGoodsTests {
    typealias Fixture = CartServiceFixture
    let cart = ContractShop.cart
    let a = Fixture.a
    /// GTIN 4006381333931, serial number 77.
    private let serial = CartOperationBody.scan(
        ScanBody(
            code: "]d201040063813339312177", symbology: "dataMatrix", units: 1, book: 812, shown: 1,
            at: Moment(milliseconds: 0)))

    private func a(_ sequence: UInt64) -> Dot { Fixture.dot(a, sequence) }

    @Test("a hold blocks the close until it is released or removed; a reject is shown (row 16)")
    func holds() async throws {
        try await Contract.run { store, told in
            _ = try await store.create(cart)
            try await store.push(
                Fixture.scan(), Fixture.scan(2, code: "hold"), Fixture.scan(3, code: "reject"))
            let fold = try #require(try await store.fold(cart))
            #expect(fold.holds == [a(2)])
            #expect(fold.dots[a(2)]?.hold == "stopped")
            #expect(fold.dots[a(3)]?.rejected == 3)
            #expect(fold.liveUnits == 3)
            #expect(await problem { _ = try await store.close() } == "held")
            let release = try await store.push(.release(a(2)), from: 4)
            #expect(release.results.map(\.code) == ["notAllowed"])
            try await store.push(Contract.void((a(2), 2)), from: 5)
            #expect(try await store.close().ordinal == 1)
            await told.note { "\(try await store.log(cart, cursor: nil).json)" }
        }
    }

    @Test("a scan that comes late is held where it lives, not where it came (rows 10, 16)")
    func late() async throws {
        try await Contract.run { store, told in
            _ = try await store.create(cart)
            try await store.push(Fixture.scan())
            _ = try await store.close()
            try await store.push(Fixture.scan(code: "hold"), from: 2)
            #expect(try await store.fold(cart)?.parked.count == 1)
            try await store.settled(cart, ordinal: 1, receipt: "r")
            try await store.push(Fixture.scan(code: "reject"), from: 3)
            #expect(try await store.fold(cart)?.dots[a(3)]?.rejected == 0)
            await told.note { "\(try await store.log(cart, cursor: nil).json)" }
        }
    }

    @Test("a piece that another cart has paid is held, and not in its own cart again (EXP-5)")
    func sold() async throws {
        let store = try SQLiteCarts()
        _ = try await store.create(cart)
        try await store.push(serial)
        _ = try await store.close()
        try await store.settled(cart, ordinal: 1, receipt: "r")
        let other = CartID(Bytes16(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0002))
        _ = try await store.create(other)
        try await store.push(serial, Fixture.scan(), to: other)
        #expect(try await store.fold(other)?.holds == [a(1)])
        #expect(try await store.fold(other)?.dots[a(1)]?.hold == "serialSold")
        try await store.push(serial, from: 2)
        #expect(try await store.fold(cart)?.dots[a(2)]?.hold == nil)
    }
}
