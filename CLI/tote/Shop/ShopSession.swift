import Tote
import ToteBarcodes
import ToteTerminal
import ToteValues

/// One trip at the prompt: an entry in, a few lines out. Waits for the network only where the
/// shopper asks for it by name (`sync`, `pay`, `pass`, `login`).
struct ShopSession {
    let trip: ShoppingTrip
    let background: BackgroundSync
    let editor: LineEditor
    /// One JSON value an entry instead of text.
    let json: Bool
    private(set) var cart: CartView
    /// The line that `+`, `-` and `=N` mean.
    private var last: LineReference?
    private var reader: PictureReader?

    init(
        trip: ShoppingTrip, background: BackgroundSync, editor: LineEditor, json: Bool
    ) async throws {
        self.trip = trip
        self.editor = editor
        self.json = json
        self.background = background
        cart = try await trip.cart()
        last = cart.lines.last.map { .number($0.number) }
    }

    /// False when the shopper leaves.
    mutating func handle(_ entry: ShopEntry) async throws -> Bool {
        do {
            return try await perform(entry)
        } catch let refusal as TripError {
            Refusal.show(refusal, asJSON: json)
            return true
        }
    }

    private mutating func perform(_ entry: ShopEntry) async throws -> Bool {
        switch entry {
        case .nothing: break
        case .quit: return false
        case .help: Console.words(ShopEntry.overview)
        case .code(let text): try await scan(ScanInput(typed: text))
        case .photo(let file): try await scan(photo: file)
        case .more, .less, .count, .badCount: try await change(entry)
        case .remove(let line): try await remove(line)
        case .cart: try put(cart.json, CartText(cart: cart).text)
        case .offers:
            let offers = OffersSummary(of: cart)
            try put(offers.json, offers.text)
        case .find(let words): try await find(words)
        case .sync:
            let status = try await trip.sync()
            try put(status.json, SyncText.line(status))
        case .pay(let plan): try await pay(plan)
        case .pass:
            let pass = try await trip.exitPass()
            try put(pass.json, PassText.screen(pass))
        case .receipt:
            let receipt = ReceiptText(try await trip.receipt(nil))
            try put(receipt.json, receipt.text)
        case .back:
            let payment = try await trip.giveUpPayment()
            try put(payment.json, "The cart is open again.")
        case .login: try await ShopCheckout(trip: trip, editor: editor).signIn()
        }
        cart = try await trip.cart()
        return true
    }

    private func put(_ value: JSONValue, _ text: String) throws {
        try Console.data(json ? value.canonicalText : text)
    }

    private func pay(_ plan: String) async throws {
        guard let payment = try await ShopCheckout(trip: trip, editor: editor).pay(plan) else {
            return
        }
        try put(payment.json, PaymentText.text(payment))
        try PaymentText.refuseUnpaid(payment)
        Console.words("Thank you. Type pass for the exit, receipt for the receipt.")
    }

    private mutating func scan(_ input: ScanInput) async throws {
        let outcome = try await trip.scan(input)
        try await show(outcome.cart, line: outcome.line)
    }

    private mutating func scan(photo file: String) async throws {
        let reader = try self.reader ?? PictureReader()
        self.reader = reader
        let reading = reader.read(file)
        if let error = reading.error { throw error }
        let symbol = try await PictureChoice(reading: reading, pick: nil).symbol(for: trip)
        try await scan(ScanInput(symbol: symbol))
    }

    private mutating func change(_ entry: ShopEntry) async throws {
        guard let last, let line = line(last) else {
            throw TripError(
                code: "noLine", kind: .data, message: "There is no last line.",
                mend: "Scan something first.")
        }
        switch entry {
        case .more: try await show(try await trip.set(last, to: line.pieces + 1), line: nil)
        case .less: try await show(try await trip.set(last, to: line.pieces - 1), line: nil)
        case .count(let count): try await show(try await trip.set(last, to: count), line: nil)
        default: throw Self.badCount
        }
    }

    private static var badCount: TripError {
        TripError(
            code: "quantityOutOfRange", kind: .usage,
            message: "A quantity is a whole number from 1 to 999.", mend: "Type =3, or rm N.")
    }

    private mutating func remove(_ line: String) async throws {
        try await show(try await trip.remove(LineReference(text: line)), line: nil)
    }

    private func find(_ words: String) async throws {
        let found = try await trip.search(words, limit: 10)
        let lines = found.map(ItemText.line).joined(separator: "\n")
        try put(.array(found.map(ItemText.json)), found.isEmpty ? "Nothing found." : lines)
    }

    private func line(_ reference: LineReference) -> LineView? {
        guard case .number(let number) = reference else { return nil }
        return cart.lines.first { $0.number == number }
    }

    /// The changed line, and what the offers make of it.
    private mutating func show(_ now: CartView, line: LineView?) async throws {
        let changed =
            line
            ?? last.flatMap { reference in
                guard case .number(let number) = reference else { return nil }
                return now.lines.first { $0.number == number }
            }
        try put(now.json, rows(changed, in: now))
        last = (changed ?? now.lines.last).map { .number($0.number) }
        cart = now
        await background.poke()
    }

    private func rows(_ changed: LineView?, in now: CartView) -> String {
        let line = changed.map { CartText(cart: now, marksUnsent: false).line($0) } ?? ["Removed."]
        return (line + OfferNews(before: cart, after: now, but: changed).notes)
            .joined(separator: "\n")
    }
}
