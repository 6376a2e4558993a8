/// UPC-E: a UPC-A with its zeros left out (GTIN-2; General Specifications 5.2.2.4).
package enum UPCE {
    /// The twelve digits of UPC-A for eight digits `N x1…x6 C`; `nil` when N is not 0 or 1 or the
    /// check digit is wrong.
    package static func expand(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        let d = Array(digits)
        guard d.count == 8, d.allSatisfy(\.isDigit), d[0] == 0x30 || d[0] == 0x31 else {
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
        let expanded = [d[0]] + body + [d[7]]
        return CheckDigit.isRight(expanded) ? expanded : nil
    }
}
