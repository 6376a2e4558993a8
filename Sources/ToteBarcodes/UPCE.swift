/// UPC-E: a UPC-A with its zeros left out (GTIN-2; General Specifications 5.2.2.4).
package enum UPCE {
    /// The twelve digits of UPC-A for eight digits `N x1…x6 C`; `nil` when N is not 0 or 1 or the
    /// check digit is wrong.
    package static func expand(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        guard digits.count == 8, let check = digits.last,
            let payload = expandPayload(digits.dropLast())
        else { return nil }
        let expanded = payload + [check]
        return CheckDigit.isRight(expanded) ? expanded : nil
    }

    /// The eleven digits before the check digit, for `N x1…x6`.
    package static func expandPayload(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        let d = Array(digits)
        guard d.count == 7, d.allSatisfy(\.isDigit), d[0] == 0x30 || d[0] == 0x31 else {
            return nil
        }
        let zeros = { (count: Int) in [UInt8](repeating: 0x30, count: count) }
        let body: [UInt8] =
            switch d[6] {
            case 0x30...0x32: [d[1], d[2], d[6]] + zeros(4) + [d[3], d[4], d[5]]
            case 0x33: [d[1], d[2], d[3]] + zeros(5) + [d[4], d[5]]
            case 0x34: [d[1], d[2], d[3], d[4]] + zeros(5) + [d[5]]
            default: [d[1], d[2], d[3], d[4], d[5]] + zeros(4) + [d[6]]
            }
        return [d[0]] + body
    }

    /// The eight digits of a UPC-A that can be shortened: the form with the fewest digits kept of
    /// the maker's number. `nil` for any other.
    package static func suppress(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        let d = Array(digits)
        guard d.count == 12, CheckDigit.isRight(d), d[0] == 0x30 || d[0] == 0x31 else {
            return nil
        }
        let bodies: [[UInt8]] = [
            [d[1], d[2], d[8], d[9], d[10], d[3]], [d[1], d[2], d[3], d[9], d[10], 0x33],
            [d[1], d[2], d[3], d[4], d[10], 0x34], [d[1], d[2], d[3], d[4], d[5], d[10]],
        ]
        return bodies.lazy.map { [d[0]] + $0 + [d[11]] }.first { expand($0[...]) == d }
    }
}
