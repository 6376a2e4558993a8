public import ToteValues

/// Goods that a store must not sell any more: a whole article, or some lots of it (EXP-4). A part
/// of the signed catalogue.
public struct Recall: Hashable, Sendable {
    public let gtin: GTIN14
    /// As printed (AI 10); empty recalls every lot.
    public let lots: [String]
    /// For people, at most 200 bytes: what is wrong with the goods.
    public let reason: String

    public init(gtin: GTIN14, lots: [String] = [], reason: String = "") {
        self.gtin = gtin
        self.lots = lots
        self.reason = reason
    }
}

extension Recall: JSONReadable, JSONWritable {
    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        gtin = try reader.required("gtin").parsed { GTIN14($0) }
        lots = try reader.optional("lots")?.strings() ?? []
        reason = try reader.optional("reason")?.string(maxBytes: 200) ?? ""
        try reader.finish()
        guard lots.count <= 1000, lots.allSatisfy(Self.isLot) else {
            throw json.failure(.outOfRange)
        }
    }

    public var json: JSONValue {
        .object([
            "gtin": .string(gtin.text), "lots": lots.isEmpty ? nil : .strings(lots),
            "reason": reason.isEmpty ? nil : .string(reason),
        ])
    }

    /// Whether a text may be a lot: 1 to 20 printable ASCII characters (AI 10).
    public static func isLot(_ text: String) -> Bool {
        (1...20).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

/// One piece of goods that exists once: GTIN and serial number (AI 21).
public struct ItemSerial: Hashable, Sendable {
    public let gtin: GTIN14
    public let serial: String

    public init(gtin: GTIN14, serial: String) {
        self.gtin = gtin
        self.serial = serial
    }
}

extension ScannedCode {
    /// The one piece of goods that the code names; `nil` for a code without serial number, and
    /// for one whose separators were guessed: its piece is unknown (AI-5).
    public var itemSerial: ItemSerial? { isRecovered ? nil : statedSerial }

    /// As it stands in the reading, guessed or not.
    var statedSerial: ItemSerial? {
        guard let article = reading.article, let gtin = article.gtin,
            let serial = article.elements?["21"]
        else { return nil }
        return ItemSerial(gtin: gtin, serial: serial)
    }

    /// Whether separators were missing and put in by the only way that fits (AI-5).
    public var isRecovered: Bool { findings.contains { $0.kind == .separatorRecovered } }
}
