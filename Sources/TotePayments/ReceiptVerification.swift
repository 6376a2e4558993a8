// Re-derives every figure of a receipt from the ones below it (RCP-4): signature, then each line,
// then the taxes, then the totals, then the tenders. The first difference ends the walk and is
// named by its JSON pointer. Linear in lines and offers; sums are Int128, so nothing overflows.
public import Crypto
import ToteValues

/// The first figure of a receipt that does not follow from the others.
public struct ReceiptDifference: Error, Hashable, Sendable, CustomStringConvertible {
    /// RFC 6901 pointer into the receipt.
    public let pointer: String
    public let expected: String
    public let found: String

    public init(pointer: String, expected: String, found: String) {
        self.pointer = pointer
        self.expected = expected
        self.found = found
    }

    public var description: String { "\(pointer): expected \(expected), found \(found)" }
}

public enum ReceiptVerification {
    /// Checks signature and arithmetic, offline.
    /// - Throws: the first difference.
    public static func verify(
        _ signed: SignedReceipt, key: Curve25519.Signing.PublicKey
    ) throws(ReceiptDifference) {
        guard signed.isSigned(by: key) else {
            throw ReceiptDifference(
                pointer: "/signature", expected: "the store's signature", found: "another")
        }
        try verifyFigures(of: signed.receipt)
    }

    /// The arithmetic alone.
    /// - Throws: the first difference.
    public static func verifyFigures(of receipt: Receipt) throws(ReceiptDifference) {
        let body = receipt.body
        for (index, line) in body.lines.enumerated() { try verify(line, at: index) }
        try verifyTaxes(of: body)
        try verifyTotals(of: body)
        try verifyTenders(of: receipt)
    }

    private static func verify(_ line: ReceiptLine, at index: Int) throws(ReceiptDifference) {
        let pointer = "/lines/\(index)"
        try equal("\(pointer)/line", Int128(index + 1), Int128(line.line))
        try equal("\(pointer)/net", Int128(line.gross) - Int128(line.discount), line.net)
        try equal("\(pointer)/discount", sum(line.offers.map(\.discount)), line.discount)
        let units = line.unitNets.reduce(Int128(0)) { $0 + Int128($1.net) * Int128($1.count) }
        try equal("\(pointer)/unitNets", Int128(line.net), units)
        try equal("\(pointer)/pieces", sum(line.unitNets.map(\.count)), Int64(line.pieces))
    }

    private static func verifyTaxes(of body: ReceiptBody) throws(ReceiptDifference) {
        let expected = Set(body.lines.map(\.taxCategory)).sorted(by: inByteOrder)
        let listed = body.taxes.map(\.category)
        guard listed == expected else {
            throw ReceiptDifference(
                pointer: "/taxes", expected: expected.joined(separator: " "),
                found: listed.joined(separator: " "))
        }
        for (index, tax) in body.taxes.enumerated() {
            try verify(tax, of: body, at: "/taxes/\(index)")
        }
    }

    private static func inByteOrder(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private static func verify(
        _ tax: ReceiptTax, of body: ReceiptBody, at pointer: String
    ) throws(ReceiptDifference) {
        let lines = body.lines.filter { $0.taxCategory == tax.category }
        let net = sum(lines.map(\.net))
        let deposits = sum(lines.map(\.deposit))
        let isInclusive = body.taxMode == .inclusive
        let base = Int128(isInclusive ? tax.gross : tax.net)
        // A store may tax deposits (OFF-51); the receipt then shows the larger base.
        if base != net + deposits {
            try equal("\(pointer)/\(isInclusive ? "gross" : "net")", net, base)
        }
        let rate = Int128(tax.basisPoints)
        let amount = try? divide(base * rate, isInclusive ? 10_000 + rate : 10_000, .halfUp)
        try equal("\(pointer)/tax", Int128(amount ?? -1), tax.tax)
        try equal(
            "\(pointer)/\(isInclusive ? "net" : "gross")",
            isInclusive ? base - Int128(tax.tax) : base + Int128(tax.tax),
            isInclusive ? tax.net : tax.gross)
    }

    private static func verifyTotals(of body: ReceiptBody) throws(ReceiptDifference) {
        let totals = body.totals
        try equal("/totals/gross", sum(body.lines.map(\.gross)), totals.gross)
        try equal("/totals/discount", sum(body.lines.map(\.discount)), totals.discount)
        try equal("/totals/deposit", sum(body.lines.map(\.deposit)), totals.deposit)
        try equal("/totals/tax", sum(body.taxes.map(\.tax)), totals.tax)
        let onTop = body.taxMode == .exclusive ? sum(body.taxes.map(\.tax)) : 0
        let total = sum(body.lines.map(\.net)) + sum(body.lines.map(\.deposit)) + onTop
        try equal("/totals/total", total, totals.total)
    }

    private static func verifyTenders(of receipt: Receipt) throws(ReceiptDifference) {
        let totals = receipt.body.totals
        let due = Int128(totals.total) + Int128(totals.cashRounding)
        try equal("/tenders", due, sum(receipt.tenders.map(\.amount)))
        let legs = receipt.tenders.map(\.leg)
        guard zip(legs, legs.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw ReceiptDifference(
                pointer: "/tenders", expected: "legs in order", found: "\(legs)")
        }
    }

    private static func sum(_ amounts: [Int64]) -> Int128 {
        amounts.reduce(0) { $0 + Int128($1) }
    }

    private static func equal(
        _ pointer: String, _ expected: Int128, _ found: some BinaryInteger
    ) throws(ReceiptDifference) {
        guard expected == Int128(found) else {
            throw ReceiptDifference(
                pointer: pointer, expected: String(expected), found: String(found))
        }
    }
}
