package import ToteBarcodes
package import ToteValues

/// A catalogue to slip in: articles as companies number them, one after the other, so that many
/// have close neighbours. EAN-13, and some EAN-8, UPC-A and ITF-14.
package struct RepairCatalogue: Sendable {
    /// As people read them below the bars.
    package let numbers: [String]
    package let rules = StoreRules(store: 1, currency: .euro)
    package let today = CalendarDay(daysSince1970: 20_000)
    private let keys: Set<LookupKey>
    private let prefixes: Set<String>

    package init(numbers: [String]) {
        self.numbers = numbers
        let gtins = numbers.compactMap { GTIN14($0) }
        keys = Set(gtins.map(\.lookupKey))
        prefixes = Set(gtins.map { String($0.text.prefix(8)) })
    }

    /// - Parameter count: articles; each company has some forty.
    package init(count: Int, using chance: inout some RandomNumberGenerator) {
        var numbers: Set<String> = []
        while numbers.count < count {
            let form = Int.random(in: 0..<20, using: &chance)
            let length = form == 0 ? 8 : form < 4 ? 12 : form == 4 ? 14 : 13
            let first = Self.firsts[length]?.randomElement(using: &chance) ?? "400"
            let company = first + Self.digits(max(0, length - 5 - first.count), &chance)
            var item = Int.random(in: 0...800, using: &chance)
            for _ in 0..<Int.random(in: 1...80, using: &chance) where numbers.count < count {
                item += Int.random(in: 1...3, using: &chance)
                let width = length - 1 - company.count
                let reference = String("0000\(item)".suffix(width))
                let payload = Array((company + reference).utf8)
                let check = [0x30 + CheckDigit.mod10(payload)]
                numbers.insert(String(decoding: payload + check, as: UTF8.self))
            }
        }
        self.init(numbers: numbers.sorted())
    }

    package func isListed(_ key: LookupKey) -> Bool { keys.contains(key) }

    package func sharesPrefix(_ gtin: GTIN14) -> Bool {
        prefixes.contains(String(gtin.text.prefix(8)))
    }

    /// Numbers of the catalogue that one slip turns into `wrong`, found without `Repairs`.
    package func oneSlipAway(from wrong: String) -> [String] {
        let digits = Array(wrong.utf8)
        var found: Set<String> = []
        for place in digits.indices {
            for digit in UInt8(0x30)...0x39 {
                var changed = digits
                changed[place] = digit
                found.formUnion(listed(changed))
            }
            guard place + 1 < digits.count else { continue }
            var swapped = digits
            swapped.swapAt(place, place + 1)
            found.formUnion(listed(swapped))
        }
        return found.sorted()
    }

    private func listed(_ digits: [UInt8]) -> [String] {
        let text = String(decoding: digits, as: UTF8.self)
        return GTIN14(text).map(\.lookupKey).map(keys.contains) ?? false ? [text] : []
    }

    private static let firsts: [Int: [String]] = [
        8: ["40", "50", "96"], 12: ["0", "6", "7", "8"],
        13: ["400", "40", "54", "871", "301", "76"],
        14: ["1400", "1871"],
    ]

    private static func digits(
        _ count: Int, _ chance: inout some RandomNumberGenerator
    ) -> String {
        String((0..<count).map { _ in Character(String(Int.random(in: 0...9, using: &chance))) })
    }
}
