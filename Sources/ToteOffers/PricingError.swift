import ToteValues

/// Why a cart could not be priced: every fault found, in line order, so that all can be mended at
/// once (OFF-76). The cart stays as it is. Holds article numbers, no personal data.
public struct PricingError: Error, Hashable, Sendable {
    public enum Code: String, Sendable {
        case unknownSku, quantityOutOfRange, measureConflict, duplicateLineId
        /// More than 300 lines or 10,000 units.
        case cartTooLarge
        case unknownTaxCategory
        /// A total beyond 2^53 − 1 minor units (MON-2).
        case amountOutOfRange
        /// A context made in code that its JSON form would refuse.
        case badContext
        /// What was to be priced could not be read; used by callers that prepare lines.
        case unreadable
    }

    public struct Fault: Hashable, Sendable {
        public var code: Code
        /// Line id, when one line is at fault.
        public var line: String?
        public var detail: String

        public init(_ code: Code, line: String? = nil, _ detail: String = "") {
            self.code = code
            self.line = line
            self.detail = detail
        }
    }

    /// Never empty.
    public var faults: [Fault]

    public init(_ faults: [Fault]) { self.faults = faults }

    public init(_ code: Code, line: String? = nil, _ detail: String = "") {
        self.faults = [Fault(code, line: line, detail)]
    }

    init(_ error: MoneyError) { self.init(.amountOutOfRange, "\(error)") }
}
