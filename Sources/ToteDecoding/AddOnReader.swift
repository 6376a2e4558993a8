// EAN-2 and EAN-5 (ISO/IEC 15420 annex A) beside a code that was accepted:
//   1. the strip right of the code, turned so that its bars stand upright, 3 px a module,
//   2. a scanner that knows nothing but add-ons looks at it, plain and thresholded,
//   3. what ends where an add-on of that length must end counts; 3 votes, and 3 times a rival's.
// Cost: two looks at 240 × 198 px for each code that may carry one, six where its sides are unsure.

import ToteValues

struct AddOnReader {
    static let votesNeeded = 3
    static let clearMajority = 3

    static let two = Symbology.unknown("ean2")
    static let five = Symbology.unknown("ean5")

    /// The add-on's digits; `nil` if none can be read for certain.
    static func digits(beside code: Reading, in image: GreyImage) throws(DecodingError) -> [UInt8]?
    {
        let scanner = BarcodeScanner(.addOns)
        for strip in AddOnStrip.strips(beside: code, in: image) {
            let plain = strip.picture(of: image)
            for look in [plain, plain.thresholded(window: 31, offset: 5)] {
                let finds = try scanner.scan(look).filter { strip.holds($0, in: image) }
                if let digits = clearWinner(of: finds) { return digits }
            }
        }
        return nil
    }

    private static func clearWinner(of finds: [Find]) -> [UInt8]? {
        var votes: [[UInt8]: Int] = [:]
        for find in finds { votes[find.bytes, default: 0] += find.votes }
        guard let best = votes.max(by: { $0.value < $1.value }), best.value >= votesNeeded
        else { return nil }
        let others = votes.values.reduce(0, +) - best.value
        return best.value >= clearMajority * others ? best.key : nil
    }
}

extension DecodeResult {
    /// Fills `Symbol.addOn` of the accepted symbols, which stand in the verdict's order.
    mutating func readAddOns(
        _ policy: AddOnPolicy, of accepted: [AcceptanceRules.Accepted], in image: GreyImage
    ) throws(DecodingError) {
        for (index, code) in accepted.prefix(symbols.count).enumerated()
        where policy.covers(code.reading) {
            guard let digits = try AddOnReader.digits(beside: code.reading, in: image)
            else { continue }
            symbols[index] = symbols[index].with(addOn: digits)
        }
    }
}

extension Symbol {
    fileprivate func with(addOn: [UInt8]) -> Symbol {
        Symbol(
            symbology: symbology, aim: aim, bytes: bytes, addOn: addOn, quad: quad,
            quality: quality)
    }
}
