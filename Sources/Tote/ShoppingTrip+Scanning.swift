public import ToteBarcodes
import ToteCarts
public import ToteCatalogue
public import ToteValues

extension ShoppingTrip {
    /// Adds what was scanned. When this returns, the scan is on the disk: the beep may sound.
    /// - Parameters:
    ///   - pieces: 1…999; 1 for weighed and price-labelled goods; `nil` is one, but for produce
    ///     by its number, where the count must be asked.
    ///   - grams: weight from a scale, 1…99,999, for goods sold by weight without it in the code.
    ///   - intent: the host's own mark of this wish; a repeat returns the first result.
    /// - Throws: an error with the cart unchanged.
    public func scan(
        _ input: ScanInput, pieces: Int? = nil, grams: Int? = nil, intent: IntentID? = nil
    ) throws(TripError) -> ScanOutcome {
        try scan(ScanRequest(input, pieces: pieces, grams: grams), intent: intent)
    }

    /// Adds what was scanned, with the answers to what had to be asked: `ambiguous`,
    /// `countNeeded`, `weightNeeded`, `checkLot`, `sellByPassed` …
    /// - Throws: an error with the cart unchanged and nothing recorded.
    public func scan(
        _ request: ScanRequest, intent: IntentID? = nil
    ) throws(TripError) -> ScanOutcome {
        if let intent, let first = try repeated(intent) { return first }
        let body = try scanBody(request)
        let operations = try commit(.scan(body), intent: intent)
        guard let record = try currentCart() else { throw .internalDefect("no cart took a scan") }
        return try outcome(of: operations, in: record)
    }

    /// What a code is and costs, without adding it.
    public func lookup(_ input: ScanInput) throws(TripError) -> PricedItem {
        try item(for: try understand(input))
    }

    /// Articles whose name holds every word, best first.
    public func search(_ words: String, limit: Int = 20) throws(TripError) -> [PricedItem] {
        let catalogue = try catalogue()
        do { return try catalogue.search(words, limit: limit, at: world.now()) } catch {
            throw TripError(error)
        }
    }

    /// Every part of a code, and for one that fails the reason and what it may have been.
    public func explain(_ input: ScanInput) throws(TripError) -> CodeExplanation {
        let catalogue = try catalogue()
        let today = catalogue.profile.day(of: world.now())
        let rules = catalogue.profile.rules
        let parts = input.parts(rules: rules, today: today)
        let scanned = try? interpret(input, rules: rules, today: today)
        var item: PricedItem?
        do throws(TripError) {
            let code = try understand(input)
            item = try? self.item(for: code)
            try checkSale(of: code)
            item = try self.item(for: code)
            return CodeExplanation(scanned: scanned, parts: parts, item: item)
        } catch {
            let serials = (try? serialsInCart()) ?? []
            let candidates =
                error.code == CatalogueError.Code.ambiguous.rawValue
                ? (try? candidates(for: input)) ?? [] : []
            let diagnosis =
                candidates.isEmpty
                ? catalogue.diagnosis(of: input, at: world.now(), serialsInCart: serials)
                : Diagnosis(choice: error)
            return CodeExplanation(
                scanned: scanned, parts: parts, item: item, candidates: candidates,
                diagnosis: diagnosis, error: error)
        }
    }

    /// Sets a line to so many pieces, 0…999; 0 removes it.
    public func set(_ line: LineReference, to pieces: Int) throws(TripError) -> CartView {
        let view = try self.line(line)
        guard view.grams == nil, view.unitPriceMinor != nil || pieces == 0 else {
            throw TripError(
                code: "quantityOutOfRange", kind: .usage,
                message: "A weighed or price-labelled item counts as one.",
                mend: "Scan each label once; remove the line to take it out.")
        }
        let again = try scanAgain(view)
        if pieces > view.pieces { try checkAgain(again) }
        try commit(.set(line: view.dots, to: pieces, again: again))
        return try cart()
    }

    /// Removes a line, or a scan that cannot be sold now: by its code as it was scanned, or by its
    /// number, which goes on after the lines'.
    public func remove(_ line: LineReference) throws(TripError) -> CartView {
        if let scan = try waitingScan(line) {
            try commit(.void(line: [scan.dot]))
        } else {
            try commit(.void(line: try self.line(line).dots))
        }
        return try cart()
    }

    private func waitingScan(_ reference: LineReference) throws(TripError) -> WaitingScan? {
        let waiting = try waitingScans()
        guard !waiting.isEmpty else { return nil }
        switch reference {
        case .code(let text): return waiting.last { $0.code == text }
        case .number(let number):
            let index = try number - cart().lines.count - 1
            return waiting.indices.contains(index) ? waiting[index] : nil
        }
    }

    /// Removes all that this device has seen in the cart.
    public func clear() throws(TripError) -> CartView {
        try commit(.clear)
        return try cart()
    }

    /// Presents a coupon, or takes up an offer, by its key.
    /// - Throws: `alreadyApplied` when it is in the cart, `couponExpired` and the like.
    public func clip(_ key: String) throws(TripError) -> CartView {
        try commit(.clip(key: try couponKey(key)))
        return try cart()
    }

    // MARK: - Steps of a scan

    func understand(_ input: ScanInput) throws(TripError) -> ScannedCode {
        let profile = try catalogue().profile
        do {
            return try interpret(
                input, rules: profile.rules, today: profile.day(of: world.now()))
        } catch { throw TripError(error) }
    }

    private func item(
        for code: ScannedCode, article: String? = nil
    ) throws(TripError) -> PricedItem {
        guard [.product, .measuredProduct].contains(code.purpose) else {
            throw .wrongPurpose(code.purpose)
        }
        do {
            return try catalogue().item(for: code, at: world.now(), article: article)
        } catch let error as CatalogueError {
            guard error.code == .ambiguous || error.code == .notACandidate else {
                throw TripError(error)
            }
            throw TripError(error, candidates: try named(error.skus))
        } catch let error as TripError {
            throw error
        } catch {
            throw .internalDefect("\(error)")
        }
    }

    private func scanBody(_ request: ScanRequest) throws(TripError) -> ScanBody {
        let code = try understand(request.input)
        try checkSale(of: code, confirmed: request.confirmed)
        let item = try item(for: code, article: request.article)
        guard request.pieces.map({ Quantity.pieceRange.contains($0) }) ?? true,
            request.grams.map({ Quantity.gramRange.contains($0) }) ?? true
        else { throw .quantityOutOfRange }
        let measure = try measure(item, grams: request.grams)
        let pieces = try pieces(request, code, item, measure)
        var body = ScanBody(
            code: code.cartCode, symbology: code.cartSymbology, units: pieces,
            book: item.book, shown: item.shelfPriceMinor, at: world.now(),
            article: request.article)
        if case .grams(let weight) = measure { body.weightGrams = weight }
        if case .embeddedPrice(let price) = measure { body.embeddedPriceMinor = price }
        return body
    }

    /// How many: produce by its number says nothing of it, so it is asked (PLU-2).
    private func pieces(
        _ request: ScanRequest, _ code: ScannedCode, _ item: PricedItem, _ measure: ItemMeasure
    ) throws(TripError) -> Int {
        guard measure == .pieces else {
            guard request.pieces ?? 1 == 1 else { throw .measuredOnePiece }
            return 1
        }
        if case .plu = code.reading, request.pieces == nil {
            throw .countNeeded(item.product.name)
        }
        let pieces = request.pieces ?? 1
        guard pieces == 1 || code.itemSerial == nil else { throw .serialIsOnePiece }
        return pieces
    }

    /// Names of articles, for a choice.
    private func named(
        _ skus: [String]
    ) throws(TripError) -> [(sku: String, name: String)] {
        let catalogue = try catalogue()
        return skus.map { sku in
            (sku, (try? catalogue.item(sku: sku, at: world.now()).product.name) ?? sku)
        }
    }

    /// The measure of the code, or the weight that a scale gave for it.
    private func measure(_ item: PricedItem, grams: Int?) throws(TripError) -> ItemMeasure {
        switch (item.measure, grams) {
        case (.needsWeight, let grams?): return .grams(grams)
        case (.needsWeight, nil): throw .weightNeeded(item.product.name)
        case (let measure, nil): return measure
        case (_, .some): throw .notWeighed(item.product.name)
        }
    }

    /// The scan that would add one more piece of a line: of a pack that carries no number of its
    /// own, where there is one.
    private func scanAgain(_ line: LineView) throws(TripError) -> ScanBody {
        guard let cart = try currentCart() else { throw .lineNotFound }
        let dots = try view(cart).dots
        let scans = line.dots.reversed().compactMap { dots[$0]?.scan }
        guard var scan = scans.first(where: { serial(of: $0) == nil }) ?? scans.first else {
            throw .lineNotFound
        }
        let item = try itemNow(line.sku)
        scan.book = item.book
        scan.shown = item.shelfPriceMinor
        scan.at = world.now()
        return scan
    }

    private func serial(of scan: ScanBody) -> ItemSerial? {
        ScanInput(cartCode: scan.code, symbology: scan.symbology)
            .flatMap { try? understand($0).itemSerial }
    }

    /// What holds for a scan holds for one more piece of its line.
    private func checkAgain(_ scan: ScanBody) throws(TripError) {
        guard let input = ScanInput(cartCode: scan.code, symbology: scan.symbology) else {
            return
        }
        // Questions were answered when the first piece was added.
        let asked = Set(Finding.Kind.allCases.map(\.rawValue))
        try checkSale(of: try understand(input), confirmed: asked)
    }

    private func itemNow(_ sku: String) throws(TripError) -> PricedItem {
        let catalogue = try catalogue()
        do { return try catalogue.item(sku: sku, at: world.now()) } catch {
            throw TripError(error)
        }
    }

    /// Finds the line a shopper means.
    private func line(_ reference: LineReference) throws(TripError) -> LineView {
        let lines = try cart().lines
        let found: LineView?
        switch reference {
        case .number(let number): found = lines.first { $0.number == number }
        case .code(let text):
            let sku = (try? lookup(ScanInput(typed: text)))?.product.sku ?? text
            found = lines.last { $0.sku == sku }
        }
        guard let found else { throw .lineNotFound }
        return found
    }
}
