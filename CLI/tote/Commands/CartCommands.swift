import ArgumentParser
import Tote
import ToteBarcodes
import ToteValues

struct AddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a typed code to the cart.",
        discussion: """
            Example: tote add 4012345000016 --qty 2

            Returns after the scan is safe on this device; the store hears of it at the next \
            tote sync. --json prints {"added": [dot…], "line": {…}, "cart": {…}}.
            """)

    @Argument(help: "The digits under the bars, or a produce number (PLU).")
    var code: String

    @OptionGroup var quantity: QuantityOptions
    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.openPrepared()
        let outcome = try await trip.scan(
            ScanInput(typed: code), pieces: quantity.qty ?? 1, grams: quantity.grams)
        try Console.show(outcome, asJSON: options.json)
    }
}

struct SetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set how many pieces a line has.",
        discussion: """
            Example: tote set 2 3 (line 2 has three pieces)

            --json prints the cart.
            """)

    @Argument(help: "Line number, or a code of the line.")
    var line: String

    @Argument(
        help: "Pieces, 1…999.",
        transform: { try QuantityOptions.number($0, in: Quantity.pieceRange, option: "COUNT") })
    var count: Int

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.openPrepared()
        try await trip.set(LineReference(text: line), to: count)
        try Console.show(try await trip.cart(), asJSON: options.json)
    }
}

struct RemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take lines out of the cart.",
        discussion: """
            Example: tote remove 2

            --json prints the cart.
            """, aliases: ["rm"])

    @Argument(help: "Line numbers, or codes of the lines.")
    var lines: [String] = []

    @Flag(name: .long, help: "Empty the cart.")
    var all = false

    @OptionGroup var options: TripOptions

    func validate() throws {
        if lines.isEmpty != all { throw ValidationError("Name the lines, or --all.") }
    }

    func run() async throws {
        let trip = try await options.openPrepared()
        if all { try await trip.clear() }
        for line in try await dots(of: lines, in: trip) {
            try await trip.remove(line)
        }
        try Console.show(try await trip.cart(), asJSON: options.json)
    }

    /// From the bottom up, so that a number means the line that was seen when it was typed.
    private func dots(of lines: [String], in trip: ShoppingTrip) async throws -> [LineReference] {
        lines.map { LineReference(text: $0) }.sorted { left, right in
            guard case .number(let first) = left, case .number(let second) = right else {
                return false
            }
            return first > second
        }
    }
}

struct CartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cart", abstract: "Show the cart and its true total.",
        discussion: """
            Example: tote cart --json

            Works offline. --json prints {"cart", "state", "currency", "lines": [{"number", "sku", \
            "name", "pieces", "grams", "unitPrice", "gross", "discount", "net", "deposit", \
            "offers", "unsent", …}], "saved", "deposit", "tax", "total", "notApplied", "unsent", \
            "offline", …}.
            """)

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.openPrepared()
        try Console.show(try await trip.cart(), asJSON: options.json)
    }
}

struct OffersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offers", abstract: "Show which offers apply, which do not, and why.",
        discussion: """
            Example: tote offers

            --json prints {"applied": [{"promotion", "title", "discount", "lines"}], "notApplied": \
            [{"promotion", "title", "reason", "text"}], "hints": [{"sku", "name", "totalThen", \
            "saves"}], "provenBest"}.
            """)

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.openPrepared()
        let offers = OffersSummary(of: try await trip.cart())
        if options.json {
            try Console.data(offers.json)
        } else {
            try Console.data(offers.text)
        }
    }
}
