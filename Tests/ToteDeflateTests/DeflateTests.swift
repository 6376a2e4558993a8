import Testing
import ToteDeflate
import ToteValues

@Suite("Small answers (SYNC-51)")
struct DeflateTests {
    @Test("what was deflated comes back whole", arguments: [1025, 20_000, 400_000])
    func roundTrip(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let small = try #require(Deflate.deflated(bytes))
        #expect(small.count < count / 4)
        #expect(try Deflate.inflated(small, limit: count) == bytes)
    }

    @Test("what would not be smaller is left as it is")
    func noise() {
        var chance = SeededChance(seed: 4)
        let bytes = (0..<2000).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        #expect(Deflate.deflated(bytes) == nil)
        #expect(Deflate.deflated([]) == nil)
    }

    @Test("an answer that swells beyond its limit is refused")
    func bomb() throws {
        let small = try #require(Deflate.deflated([UInt8](repeating: 0, count: 50_000_000)))
        #expect(throws: Deflate.Failure.tooLarge) {
            try Deflate.inflated(small, limit: 8 << 20)
        }
    }

    @Test("cut, damaged and followed bytes are refused, and never crash")
    func damaged() throws {
        let bytes = Array(repeating: Array("4012345000016".utf8), count: 200).flatMap(\.self)
        let small = try #require(Deflate.deflated(bytes))
        for count in 0..<small.count {
            #expect(throws: Deflate.Failure.damaged) {
                try Deflate.inflated(Array(small.prefix(count)), limit: 1 << 20)
            }
        }
        #expect(throws: Deflate.Failure.damaged) {
            try Deflate.inflated(small + [0], limit: 1 << 20)
        }
        for index in small.indices {
            var bad = small
            bad[index] ^= 0x10
            let read = try? Deflate.inflated(bad, limit: 1 << 20)
            #expect(read == nil || read == bytes)
        }
    }
}
