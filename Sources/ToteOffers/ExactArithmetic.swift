import ToteValues

/// Integer-preserving elimination (Edmonds 1967; Bareiss 1968): every number of a tableau is a
/// subdeterminant over one common denominator, so all divisions are exact.
enum ExactArithmetic {
    /// `(a·b − c·d) / divisor`, exact.
    @inline(__always)
    static func cross(
        _ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64, _ divisor: Int64
    ) throws(MoneyError) -> Int64 {
        let (left, overflowLeft) = a.multipliedReportingOverflow(by: b)
        let (right, overflowRight) = c.multipliedReportingOverflow(by: d)
        if !overflowLeft, !overflowRight {
            let (difference, overflow) = left.subtractingReportingOverflow(right)
            if !overflow { return difference / divisor }
        }
        let wide = (Int128(a) * Int128(b) - Int128(c) * Int128(d)) / Int128(divisor)
        guard let result = Int64(exactly: wide) else { throw .overflow }
        return result
    }

    static func dot(_ left: ArraySlice<Int64>, _ right: [Int64]) throws(MoneyError) -> Int64 {
        var sum = Int128(0)
        for (one, other) in zip(left, right) where one != 0 && other != 0 {
            sum += Int128(one) * Int128(other)
        }
        guard let result = Int64(exactly: sum) else { throw .overflow }
        return result
    }
}

/// A sum of products that remembers whether it left 64 bits.
struct ExactSum {
    private var sum: Int64 = 0
    private var overflow = false

    @inline(__always)
    mutating func add(_ left: Int64, _ right: Int64) {
        let product = left.multipliedReportingOverflow(by: right)
        let next = sum.addingReportingOverflow(product.partialValue)
        sum = next.partialValue
        overflow = overflow || product.overflow || next.overflow
    }

    @inline(__always)
    mutating func subtract(_ left: Int64, _ right: Int64) {
        let product = left.multipliedReportingOverflow(by: right)
        let next = sum.subtractingReportingOverflow(product.partialValue)
        sum = next.partialValue
        overflow = overflow || product.overflow || next.overflow
    }

    func value() throws(MoneyError) -> Int64 {
        guard !overflow else { throw .overflow }
        return sum
    }
}
