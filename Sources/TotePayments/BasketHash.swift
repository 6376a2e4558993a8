import Crypto
public import ToteValues

/// First eight bytes of the hash of what leaves the store (`exits.md` CODE-3): binds an exit pass
/// to its receipt.
public struct BasketHash: Identifier8 {
    public let raw: UInt64
    public init(_ raw: UInt64) { self.raw = raw }

    public init(_ lines: [BasketLine]) {
        self.raw = UInt64(bigEndianBytes: Self.fullHash(lines).prefix(8)) ?? 0
    }

    /// All 32 bytes; input `domain("basket")` and one text line per receipt line, in order.
    public static func fullHash(_ lines: [BasketLine]) -> [UInt8] {
        let text = lines.map { line in
            "\(line.article)\t\(line.pieces)\t\(line.weightGrams)\t\(line.net)\n"
        }
        return Array(SHA256.hash(data: signatureDomain("basket") + Array(text.joined().utf8)))
    }
}

/// What of a receipt line enters the basket hash.
public struct BasketLine: Hashable, Sendable {
    public var article: String
    /// Weighed goods count 1.
    public var pieces: Int
    /// Grams; 0 for goods sold by the piece.
    public var weightGrams: Int
    /// Minor units after offers.
    public var net: Int64

    public init(article: String, pieces: Int, weightGrams: Int, net: Int64) {
        self.article = article
        self.pieces = pieces
        self.weightGrams = weightGrams
        self.net = net
    }
}
