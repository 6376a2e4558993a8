import ArgumentParser
import Tote
import ToteBarcodes
import ToteCatalogue
import ToteTerminal
import ToteValues

struct LookupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookup", abstract: "Find articles by words or by code.",
        discussion: """
            Example: tote lookup cream cheese

            Works offline and adds nothing. --json prints [{"sku", "name", "price", \
            "memberPrice", "currency", "unit", "categories"}].
            """)

    @Argument(help: "Words of the name, or one code.")
    var words: [String]

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("At most so many, 1…200.", valueName: "n"),
        transform: { try QuantityOptions.number($0, in: 1...200, option: "--limit") })
    var limit: Int?

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.openReady()
        let found = try await items(in: trip)
        guard !found.isEmpty else {
            throw TripError(
                code: "nothingFound", kind: .data, message: "No article has these words.",
                mend: "Try fewer or shorter words.")
        }
        if options.json {
            try Console.data(.array(found.map(ItemText.json)))
        } else {
            try Console.data(found.map(ItemText.line).joined(separator: "\n"))
        }
    }

    private func items(in trip: ShoppingTrip) async throws -> [PricedItem] {
        guard words.count == 1, Self.isCode(words[0]) else {
            return try await trip.search(words.joined(separator: " "), limit: limit ?? 20)
        }
        return [try await trip.lookup(ScanInput(typed: words[0]))]
    }

    /// Digits, a Digital Link, an AIM identifier or bracketed elements: no words of a name.
    private static func isCode(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            || text.hasPrefix("]") || text.hasPrefix("(") || text.contains("://")
    }
}

/// An article and its price.
enum ItemText {
    static func line(_ item: PricedItem) -> String {
        Columns.left(VisibleText.escaped(item.product.name), 44)
            + Columns.right(price(item.shelfPriceMinor, of: item), 13) + "  "
            + item.product.sku
    }

    static func price(_ minor: Int64, of item: PricedItem) -> String {
        let amount = Money(minor: minor, currency: item.currency).text
        return item.product.unit == .kilogram ? "\(amount)/kg" : amount
    }

    static func json(_ item: PricedItem) -> JSONValue {
        .object([
            "sku": .string(item.product.sku), "name": .string(item.product.name),
            "price": .integer(item.shelfPriceMinor),
            "memberPrice": item.memberPriceMinor.map { .integer($0) },
            "currency": .string(item.currency.code), "unit": .string(item.product.unit.name),
            "categories": .strings(item.product.categories),
        ])
    }
}

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say what a code is, and what is wrong with it.",
        discussion: """
            Example: tote explain 4006318333931

            Tells every part of a code; for one that fails the reason, and what may have been \
            meant. Adds nothing, opens nothing, applies no repair. A card or pass is shown by its \
            ends only. --json prints {"code", "purpose", "parts": [{"part", "title", "value", \
            "meaning"}], "article", "candidates": [article…], "headline", "mend", "findings": \
            [{"kind", "severity", "message", "from", "to"}], "repairs": [{"code", "kind", \
            "listed"}], "error"}; from and to are bytes of the code, to is past the end.
            """)

    @Argument(help: "A code as typed.")
    var code: String

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.openReady()
        let text = ExplanationText(code: code, try await trip.explain(ScanInput(typed: code)))
        if options.json {
            try Console.data(text.json)
        } else {
            try Console.data(text.text)
        }
    }
}

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check this device's files, settings and store.",
        discussion: """
            Example: tote doctor

            --json prints [{"name", "ok", "detail", "mend"}]. Exit 65 when something is wrong.
            """)

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.open()
        let findings = await trip.doctor()
        if options.json {
            try Console.data(.array(findings.map(\.json)))
        } else {
            try Console.data(findings.map(line).joined(separator: "\n"))
        }
        if findings.contains(where: { !$0.isHealthy }) { throw ExitCode(FailureKind.data.rawValue) }
    }

    private func line(_ finding: DoctorFinding) -> String {
        let mark = finding.isHealthy ? "ok   " : "WRONG"
        let first =
            "\(mark)  \(Columns.left(finding.name, 18))"
            + VisibleText.escaped(finding.detail)
        return finding.isHealthy ? first : "\(first)\n       \(VisibleText.escaped(finding.mend))"
    }
}
