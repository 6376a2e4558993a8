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
    /// The words of a pass that is on the screen: a line of their own would push its top out of a
    /// terminal of 24 rows.
    private(set) var passWords: String?
    /// The line that `+`, `-` and `=N` mean; known again by its scans, for numbers move up.
    private var last: LineView?
    private var reader: PictureReader?
    /// What must be answered before the last code can be added. Any other entry drops it.
    private var question: ScanQuestion?

    init(
        trip: ShoppingTrip, background: BackgroundSync, editor: LineEditor, json: Bool
    ) async throws {
        self.trip = trip
        self.editor = editor
        self.json = json
        self.background = background
        cart = try await trip.cart()
        last = cart.lines.last
    }

    /// False when the shopper leaves.
    mutating func handle(_ entry: ShopEntry) async throws -> Bool {
        passWords = nil
        let open = question
        question = nil
        do {
            if let open, case .code(let text) = entry, open.isAnswer(text) {
                try await answer(open, text)
                return true
            }
            if let open, case .words(let text) = entry, open.isAnswer(text) {
                try await answer(open, text)
                return true
            }
            return try await perform(entry)
        } catch let refusal as TripError {
            Refusal.show(ShopWords.atPrompt(refusal), asJSON: json)
            return true
        }
    }

    private mutating func perform(_ entry: ShopEntry) async throws -> Bool {
        switch entry {
        case .nothing: break
        case .quit: return false
        case .help: Console.words(ShopEntry.overview)
        case .code(let text): try await scan(ScanInput(typed: text))
        case .scanned(let input): try await scan(input)
        case .sentTwice: Console.words("The scanner sent that twice; it counts once.")
        case .words(let text): throw ShopWords.unknown(text)
        case .photo(let file): try await scan(photo: file)
        case .more, .less, .count, .badCount: try await change(entry)
        case .remove(let line): try await remove(line)
        case .cart:
            let now = try await trip.cart()
            try put(now.json, CartText(cart: now).text)
        case .offers:
            let offers = OffersSummary(of: try await trip.cart())
            try put(offers.json, offers.text)
        case .clip(let coupon):
            try await clip(coupon)
        case .find(let words): try await find(words)
        case .sync:
            let status = try await trip.sync()
            try put(status.json, SyncText.line(status))
        case .pay(let plan): try await pay(plan)
        case .pass: try show(try await trip.exitPass())
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

    private mutating func show(_ pass: ExitPassView) throws {
        guard editor.isInteractive, !json, let code = QRText.halfBlocks(pass.text) else {
            return try put(pass.json, PassText.screen(pass))
        }
        try Console.data(code)
        passWords = PassText.words(pass)
    }

    private func pay(_ plan: String) async throws {
        guard let payment = try await ShopCheckout(trip: trip, editor: editor).pay(plan) else {
            return
        }
        try put(payment.json, PaymentText.text(payment))
        try PaymentText.refuseUnpaid(payment)
        Console.words("Thank you. Type pass for the exit, receipt for the receipt.")
    }

    private mutating func answer(_ open: ScanQuestion, _ text: String) async throws {
        guard let request = open.answered(text) else { throw ShopWords.notAnswered(open.refusal) }
        try await scan(request)
    }

    private mutating func scan(_ input: ScanInput) async throws {
        try await scan(ScanRequest(input))
    }

    private mutating func scan(_ request: ScanRequest) async throws {
        let outcome: ScanOutcome
        do {
            outcome = try await trip.scan(request)
        } catch {
            question = try await ScanQuestion(error, request: request, trip: trip)
            guard let question, !json else { throw error }
            Console.words(question.text)
            return
        }
        last = outcome.line
        try await show(outcome.cart, changed: outcome.line)
    }

    private mutating func clip(_ coupon: String) async throws {
        let now = try await trip.clip(coupon)
        let offers = OffersSummary(of: now)
        try put(now.json, offers.text)
        cart = now
        await background.poke()
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
        guard let line = last.flatMap({ $0.again(in: cart) }) else {
            throw TripError(
                code: "noLine", kind: .data, message: "There is no last line to change.",
                mend: "Scan the article again, or take a line out with rm N.")
        }
        let pieces: Int
        switch entry {
        case .more: pieces = line.pieces + 1
        case .less: pieces = line.pieces - 1
        case .count(let count): pieces = count
        default: throw Self.badCount
        }
        let now = try await trip.set(.number(line.number), to: pieces)
        last = line.again(in: now)
        try await show(now, changed: last)
    }

    private static var badCount: TripError {
        TripError(
            code: "quantityOutOfRange", kind: .usage,
            message: "A quantity is a whole number from 1 to 999.", mend: "Type =3, or rm N.")
    }

    private mutating func remove(_ line: String) async throws {
        let now = try await trip.remove(LineReference(text: line))
        last = last.flatMap { $0.again(in: now) }
        try await show(now, changed: nil)
    }

    private func find(_ words: String) async throws {
        let found = try await trip.search(words, limit: 10)
        let lines = found.map(ItemText.line).joined(separator: "\n")
        try put(.array(found.map(ItemText.json)), found.isEmpty ? "Nothing found." : lines)
    }

    /// The changed line or those that are gone, and what the offers make of it.
    private mutating func show(_ now: CartView, changed: LineView?) async throws {
        let gone = cart.lines.filter { $0.again(in: now) == nil }.map { line in
            let pieces = line.pieces > 1 ? "\(line.pieces) × " : ""
            return "Taken out: \(pieces)\(VisibleText.escaped(line.name))"
        }
        let rows = changed.map { CartText(cart: now, marksUnsent: false).line($0) } ?? []
        let notes = OfferNews(before: cart, after: now, but: changed).notes
        try put(now.json, (gone + rows + notes).joined(separator: "\n"))
        cart = now
        await background.poke()
    }
}

extension LineView {
    /// The same line in a later cart, by its scans.
    func again(in cart: CartView) -> LineView? {
        let own = Set(dots)
        return cart.lines.first { !own.isDisjoint(with: $0.dots) }
    }
}
