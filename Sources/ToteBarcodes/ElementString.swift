/// GS1 element strings: application identifiers and their values, in the order given.
public struct ElementString: Hashable, Sendable {
    public enum Origin: String, Hashable, Sendable { case scan, digitalLink, bracketed }

    public struct Element: Hashable, Sendable {
        /// Two to four digits: `01`, `3103`.
        public let ai: String
        /// Characters of the value, decoded.
        public let value: String
        /// Where the value stands in the input, bytes.
        public let range: Range<Int>

        public init(ai: String, value: String, range: Range<Int>) {
            self.ai = ai
            self.value = value
            self.range = range
        }
    }

    public let elements: [Element]
    public let origin: Origin

    public init(elements: [Element], origin: Origin) {
        self.elements = elements
        self.origin = origin
    }

    /// The value of an application identifier, if present.
    public subscript(ai: String) -> String? { elements.first { $0.ai == ai }?.value }

    /// The element whose identifier is `stem` and one digit (`310` finds `3103`), and that digit.
    public func measure(_ stem: String) -> (element: Element, decimals: Int)? {
        for element in elements where element.ai.utf8.count == 4 && element.ai.hasPrefix(stem) {
            if let digit = element.ai.utf8.last { return (element, Int(digit) - 0x30) }
        }
        return nil
    }

    /// For people: `(01)09521234543213(10)ABC`.
    public var bracketed: String {
        elements.map { "(\($0.ai))\($0.value)" }.joined()
    }

    /// The elements as a symbol carries them, separators only where a value's end is not plain
    /// (SYM-4), none in front.
    package func joined(_ table: IdentifierTable, separator: UInt8) -> [UInt8] {
        var bytes: [UInt8] = []
        var isOpen = false
        for element in elements {
            if isOpen { bytes.append(separator) }
            bytes += element.ai.utf8
            bytes += element.value.utf8
            isOpen = !(table[element.ai] ?? .unknown(element.ai)).isPredefined
        }
        return bytes
    }

    /// `^0109521234543213^…`: text with `^` for FNC1 (SYM-6).
    package func caretText(_ table: IdentifierTable) -> String {
        String(
            decoding: [ElementParser.caret] + joined(table, separator: ElementParser.caret),
            as: UTF8.self)
    }

    /// The first identifier that fits a pattern such as `31nn`, another than `ignored`.
    package func first(
        matching pattern: ApplicationIdentifier.Pattern, except ignored: String? = nil
    ) -> String? {
        elements.first { $0.ai != ignored && pattern.matches($0.ai) }?.ai
    }
}
