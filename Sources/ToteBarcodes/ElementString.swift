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
}
