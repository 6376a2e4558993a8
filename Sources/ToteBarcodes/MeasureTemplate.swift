public import ToteValues

/// A store's label with a weight, price or count in its number (2.3):
/// `{"id":"de-28","template":"28{code:4}{i}{embed:5}{ec}","unit":"g","scale":0,"priority":10}`.
public struct MeasureTemplate: Hashable, Sendable {
    /// What the embedded value counts.
    public enum Unit: String, Hashable, Sendable {
        /// Minor units of the store's currency.
        case minor
        case grams = "g"
        case millilitres = "ml"
        case millimetres = "mm"
        case pieces = "piece"
    }

    public static let scaleRange = -3...3
    /// Also for a template without a ceiling of its own: what a cart can take (MON-8), and the
    /// largest integer that travels in JSON for a price.
    public static let largestValue: Int64 = (1 << 53) - 1

    /// ASCII letters, digits and `._:-`, at most 64: it stands in lookup keys.
    public let id: String
    /// As written in the store's profile.
    public let text: String
    public let unit: Unit
    /// The value × 10^scale is in `unit`.
    public let scale: Int
    /// Higher wins (RCN-5).
    public let priority: Int
    /// Largest value in `unit`; more is refused (RCN-6).
    public let maxValue: Int64?
    package let pattern: TemplatePattern

    /// - Throws: `template` with offset and reason.
    public init(
        id: String, text: String, unit: Unit, scale: Int = 0, priority: Int = 10,
        maxValue: Int64? = nil
    ) throws(BarcodeError) {
        guard Self.scaleRange.contains(scale), Self.isIdentifier(id) else {
            throw BarcodeError(
                code: .template, found: id, message: "The label template \(id) is out of range.",
                mend: "Use an id of letters, digits and ._:- and a scale from -3 to 3.")
        }
        self.pattern = try TemplateCompiler.compile(text)
        self.id = id
        self.text = text
        self.unit = unit
        self.scale = scale
        self.priority = priority
        self.maxValue = maxValue
    }

    private static func isIdentifier(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isDigit || $0.isASCIILetter || "._:-".utf8.contains($0) }
    }
}

extension MeasureTemplate: JSONReadable, JSONWritable {
    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let id = try reader.required("id").string(maxBytes: 64)
        let template = try reader.required("template")
        let text = try template.string(maxBytes: 200)
        let unit = try reader.required("unit").parsed(Unit.init(rawValue:))
        let scale = try reader.optional("scale")?.integer(in: -3...3) ?? 0
        let priority = try reader.optional("priority")?.integer(in: 0...1000) ?? 10
        let maxValue = try reader.optional("maxValue")?.integer(in: 1...Self.largestValue)
        try reader.finish()
        do {
            try self.init(
                id: id, text: text, unit: unit, scale: Int(scale), priority: Int(priority),
                maxValue: maxValue)
        } catch {
            throw template.failure(.invalid)
        }
    }

    public var json: JSONValue {
        .object([
            "id": .string(id), "template": .string(text), "unit": .string(unit.rawValue),
            "scale": .integer(Int64(scale)), "priority": .integer(Int64(priority)),
            "maxValue": maxValue.map { .integer($0) },
        ])
    }
}
