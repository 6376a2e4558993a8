/// One GS1 application identifier: format, rules and title, as a row of the Syntax Dictionary
/// gives them (AI-1).
package struct ApplicationIdentifier: Hashable, Sendable {
    package enum Characters: Hashable, Sendable { case numeric, cset82, cset39, cset64 }

    package enum Linter: String, Hashable, Sendable {
        case csum, yymmdd, yymmd0, yymmddhh, iso4217
        /// The position of the company prefix: nothing to check without a table of prefixes but
        /// that digits stand there, which `numeric` says already.
        case gcppos1, gcppos2
        /// A coupon's own fields (CPN-1); read where offers are.
        case couponcode, couponposoffer
    }

    package struct Component: Hashable, Sendable {
        package let characters: Characters
        package let least: Int
        package let most: Int
        package let linters: [Linter]
        package var isOptional: Bool
    }

    /// Two to four digits.
    package let ai: String
    /// Its value has a length fixed by the first two digits: no separator needed.
    package let isPredefined: Bool
    /// Allowed in the query of a Digital Link.
    package let isAttribute: Bool
    package let components: [Component]
    /// Each group needs one of its patterns to be present.
    package let requires: [[String]]
    package let excludes: [String]
    /// Qualifier sequences of a Digital Link key; `nil` for what is no key.
    package let qualifiers: [[String]]?
    package let title: String

    package var least: Int { components.reduce(0) { $0 + ($1.isOptional ? 0 : $1.least) } }
    package var most: Int { components.reduce(0) { $0 + $1.most } }

    /// `n` in a pattern is any digit.
    static func matches(_ ai: String, pattern: String) -> Bool {
        ai.utf8.count == pattern.utf8.count
            && zip(ai.utf8, pattern.utf8).allSatisfy { $1 == 0x6E || $0 == $1 }
    }

    /// Digits of the identifier that begins so; `nil` when none does (GS1 General
    /// Specifications, figure 7.8.4).
    static func length(first: UInt8, second: UInt8) -> Int? {
        guard first.isDigit, second.isDigit else { return nil }
        switch Int(first - 0x30) * 10 + Int(second - 0x30) {
        case 0...4, 10...22, 30, 37, 90...99: return 2
        case 23...25, 40...42, 71: return 3
        case 31...36, 39, 43, 70, 72, 80...82: return 4
        default: return nil
        }
    }
}
