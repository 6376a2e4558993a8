/// Every rounding in a price has one of these names (MON-3, MON-4).
public enum Rounding: String, Sendable, CaseIterable {
    /// A half goes away from zero.
    case halfUp
    /// A half goes to the even neighbour.
    case halfEven
    /// A half goes toward zero.
    case halfDown
    /// Away from zero.
    case up
    /// Toward zero.
    case down
    case floor
    case ceiling
}

/// The one division of Tote (MON-3): `numerator / denominator` as a whole number.
/// - Throws: `MoneyError.overflow` when the result does not fit `Int64` or the denominator is
///   not positive.
public func divide(
    _ numerator: Int128, _ denominator: Int128, _ rounding: Rounding
) throws(MoneyError) -> Int64 {
    guard denominator > 0 else { throw .overflow }
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let away: Int128 = numerator < 0 ? -1 : 1
    let twice = remainder.magnitude * 2
    let half = denominator.magnitude
    let step: Int128 =
        switch rounding {
        case .halfUp: twice >= half ? away : 0
        case .halfDown: twice > half ? away : 0
        case .halfEven: twice > half || (twice == half && quotient % 2 != 0) ? away : 0
        case .up: remainder == 0 ? 0 : away
        case .down: 0
        case .floor: remainder < 0 ? -1 : 0
        case .ceiling: remainder > 0 ? 1 : 0
        }
    guard let result = Int64(exactly: quotient + step) else { throw .overflow }
    return result
}

/// Splits `total` in proportion to `weights` by largest remainders; ties go to the lower index
/// (MON-6). With `0 ≤ total ≤ Σ weights` every share is between 0 and its weight and the shares
/// sum to `total`. All weights 0 gives zeros.
/// - Throws: `MoneyError.overflow` outside that precondition.
public func share(_ total: Int64, _ weights: [Int64]) throws(MoneyError) -> [Int64] {
    let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard weights.allSatisfy({ $0 >= 0 }), total >= 0, Int128(total) <= sum || sum == 0 else {
        throw .overflow
    }
    guard sum > 0 else { return weights.map { _ in 0 } }
    let products = weights.map { Int128(total) * Int128($0) }
    var shares = products.map { Int64($0 / sum) }
    let left = Int(total - shares.reduce(0, +))
    let order = products.indices.sorted { one, other in
        let (first, second) = (products[one] % sum, products[other] % sum)
        return first != second ? first > second : one < other
    }
    for index in order.prefix(left) { shares[index] += 1 }
    return shares
}
