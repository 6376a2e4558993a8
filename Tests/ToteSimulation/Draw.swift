import ToteValues

/// A stream of draws of its own for each purpose, so that switching one class of faults off leaves
/// the other draws of a seed as they were.
struct Draw {
    private var source: SeededChance

    init(seed: UInt64, purpose: UInt64) {
        var mixer = SeededChance(seed: seed &* 0x2545_F491_4F6C_DD1D &+ purpose)
        source = SeededChance(seed: mixer.next())
    }

    mutating func next() -> UInt64 { source.next() }

    /// A whole number in `0..<bound`; the bias of a 64-bit draw is of no matter here.
    mutating func below(_ bound: Int) -> Int {
        bound > 1 ? Int(source.next() % UInt64(bound)) : 0
    }

    mutating func within(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(source.next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// True so many times in a thousand.
    mutating func happens(_ perMille: Int) -> Bool { below(1000) < perMille }

    mutating func bytes16() -> Bytes16 { Bytes16(high: source.next(), low: source.next()) }
}
