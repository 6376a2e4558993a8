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
            tote sync. Where several articles have one number, as mangoes of one sticker may, \
            choose with --article; produce by its number wants --qty or --grams. --json prints \
            {"added": [dot…], "line": {…}, "cart": {…}}.
            """)

    @Argument(help: "The digits under the bars, or a produce number (PLU).")
    var code: String

    @OptionGroup var quantity: QuantityOptions
    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.openReady()
        let outcome = try await trip.scanAsking(quantity.request(ScanInput(typed: code)))
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
        let trip = try await options.openReady()
        let cart = try await trip.set(LineReference(text: line), to: count)
        try Console.show(cart, asJSON: options.json)
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
        let trip = try await options.openReady()
        var cart = all ? try await trip.clear() : try await trip.cart()
        for line in references { cart = try await trip.remove(line) }
        try Console.show(cart, asJSON: options.json)
    }

    /// From the bottom up, so that a number means the line that was seen when it was typed.
    private var references: [LineReference] {
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
        let trip = try await options.openReady()
        try Console.show(try await trip.cart(), asJSON: options.json)
    }
}

struct OffersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offers", abstract: "Show which offers apply, which do not, and why.",
        discussion: """
            Examples: tote offers
                      tote offers --clip WELCOME

            --json prints {"applied": [{"promotion", "title", "discount", "lines"}], "notApplied": \
            [{"promotion", "title", "reason", "text"}], "hints": [{"sku", "name", "totalThen", \
            "saves"}], "provenBest"}.
            """)

    @Option(
        name: .long,
        help: ArgumentHelp("Present a coupon, or take up an offer, by its code.", valueName: "code")
    )
    var clip: String?

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.openReady()
        let cart = if let clip { try await trip.clip(clip) } else { try await trip.cart() }
        let offers = OffersSummary(of: cart)
        if options.json {
            try Console.data(offers.json)
        } else {
            try Console.data(offers.text)
        }
    }
}
