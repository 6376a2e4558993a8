// The two halves of DataBar Omnidirectional, Truncated, Stacked and Stacked Omnidirectional
// (ISO/IEC 24724 5.2.2 to 5.2.4): in one row, or the right half below the left one.

import ToteValues

enum DataBarPair {
    static let modulus = 79
    private static let insideValues = 1597
    private static let halfValues = 4_537_077
    /// With the linkage flag, that tells of a composite component, one digit more.
    private static let linkage = 10_000_000_000_000

    static func value(outside: Int, inside: Int) -> Int { outside * insideValues + inside }

    static func finds(_ sightings: [DataBarSighting]) -> [Find] {
        let halves = sightings.filter { $0.finder.family == .omnidirectional }
        let rights = halves.filter(\.finder.isMirrored)
        return halves.filter { !$0.finder.isMirrored }.flatMap { left in
            rights.compactMap { find(left, $0) }
        }
    }

    private static func find(_ left: DataBarSighting, _ right: DataBarSighting) -> Find? {
        guard left.finder.isReversed == right.finder.isReversed, left.hasSize(of: right),
            fits(left, right), holdsCheck(left, right),
            let bytes = bytes(of: left.value * halfValues + right.value)
        else { return nil }
        return Find(
            symbology: .dataBar, bytes: bytes, isGS1: true, votes: min(left.votes, right.votes),
            points: DataBarSighting.corners(of: [left, right]),
            orientation: left.finder.isReversed ? 180 : 0)
    }

    private static func holdsCheck(_ left: DataBarSighting, _ right: DataBarSighting) -> Bool {
        var check = (left.check + right.check) % modulus
        // Two pairs of finder patterns are not used.
        if check >= 8 { check += 1 }
        if check >= 72 { check += 1 }
        return check == 9 * left.finder.number + right.finder.number
    }

    /// Whether the right half stands right of the left one, 45 modules on, or below it.
    private static func fits(_ left: DataBarSighting, _ right: DataBarSighting) -> Bool {
        let way = left.finder.isReversed ? -1 : 1
        let across = way * (right.centre - left.centre)
        let module = (left.module + right.module) / 2
        if abs(across - 45 * module) <= 9 * module {
            return left.top <= right.bottom && right.top <= left.bottom
        }
        let down = way * (right.top + right.bottom - left.top - left.bottom) / 2
        guard down > 0 else { return false }
        let slant = down * DataBarRow.unit / 4
        return abs(across) <= 6 * module + slant && down * DataBarRow.unit <= 90 * module
    }

    /// `01` and the GTIN-14.
    private static func bytes(of value: Int) -> [UInt8]? {
        guard value < 2 * linkage else { return nil }
        return Array("01".utf8) + GTINDigits.checked(value % linkage, count: 13)
    }
}

enum GTINDigits {
    /// A number in `count` digits.
    static func digits(_ value: Int, count: Int) -> [UInt8] {
        var digits = [UInt8](repeating: 0, count: count)
        var rest = value
        for index in digits.indices.reversed() {
            digits[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        return digits
    }

    /// With its check digit behind it.
    static func checked(_ value: Int, count: Int) -> [UInt8] {
        let body = digits(value, count: count)
        return body + [CheckDigit.digit(for: body)]
    }
}
