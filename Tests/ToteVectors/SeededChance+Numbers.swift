import ToteValues

extension SeededChance {
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    mutating func isOne(in count: Int) -> Bool { number(1...count) == 1 }
}
