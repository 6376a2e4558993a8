/// One number for all that happened, in order: equal runs, equal numbers (SYNC-73).
struct TraceHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func mix(_ number: UInt64) {
        value = (value ^ number) &* 0x0000_0100_0000_01B3
        value = (value << 27 | value >> 37) &+ 0x9E37_79B9_7F4A_7C15
    }

    mutating func mix(_ number: Int64) { mix(UInt64(bitPattern: number)) }
    mutating func mix(_ number: Int) { mix(Int64(number)) }
}
