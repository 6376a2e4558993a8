import Testing
import ToteCarts
import ToteMessages
import ToteStore
import ToteValues

@Suite("What a device says of the time")
struct ClaimedTimeTests {
    @Test("a device's clock ten years off changes nothing but what it claims (BAD-094)")
    func tenYears() async throws {
        let year: Int64 = 365 * 86_400_000
        var logs: [[String]] = []
        for shift in [-10 * year, 0, 10 * year] {
            let store = try CartServiceFixture()
            try await store.create()
            try await store.push(CartServiceFixture.scan(code: "4006381333931"))
            let claimed = ScanBody(
                code: "4006381333948", symbology: "ean13", units: 2, book: 812, shown: 1,
                at: Moment(milliseconds: 1_795_256_100_000 + shift))
            let answer = try await store.push(.scan(claimed), from: 2)
            #expect(answer.ack == 2 && answer.results.isEmpty)
            let quote = try await store.carts.quote(
                CartServiceFixture.cart, caller: store.caller())
            let entries = answer.delta.entries.map {
                "\($0.revision) \($0.dot) \($0.disposition) \($0.priceLock)"
            }
            logs.append(entries + ["\(quote.totalMinor)"])
        }
        #expect(logs[0].count == 3)
        #expect(logs[0] == logs[1] && logs[1] == logs[2])
    }
}
