import ToteBarcodes
import ToteCarts
import ToteCatalogue
import ToteValues

/// A cart's scans as pricing lines (OFF-10): one line of pieces per article and price; every
/// weighed or price-labelled scan a line of its own, numbered within equal content. So splitting
/// or re-scanning cannot change a cent.
struct CartComposition {
    struct Line {
        var pricing: PricingLine
        let item: PricedItem
        var dots: [Dot]
        let unitPrice: Int64?
    }

    /// In order of their first scan.
    private(set) var lines: [Line] = []
    private(set) var articles: [String: Article] = [:]
    private(set) var waiting: [Dot] = []
    private var positions: [String: Int] = [:]
    private var numbers: [String: Int] = [:]
    /// Pieces with a number of their own that are in a line; each counts once (merge table row 17).
    private var serials: Set<ItemSerial> = []
    private let catalogue: Catalogue
    private let at: Moment

    init(cart: Cart, which: CartSelection, catalogue: Catalogue, at: Moment) {
        self.catalogue = catalogue
        self.at = at
        var known: [Wanted: PricedItem?] = [:]
        for dot in cart.order {
            guard let state = cart.dots[dot], let scan = state.scan else { continue }
            let units = which.units(of: state)
            guard units > 0 else { continue }
            let input = ScanInput(cartCode: scan.code, symbology: scan.symbology)
            let item = input.flatMap { input in
                let wanted = Wanted(input: input, article: scan.article)
                if let item = known[wanted] { return item }
                let item = resolve(wanted)
                known[wanted] = .some(item)
                return item
            }
            guard let item, isNew(item, units: units),
                add(item, scan, dot, units: units, lock: state.priceLock)
            else {
                waiting.append(dot)
                continue
            }
            if let serial = item.code?.itemSerial { serials.insert(serial) }
        }
    }

    /// The lines with what the quote says of them.
    func lines(_ quote: Quote) -> [PricedCartLine] {
        let byID = Dictionary(
            quote.lines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return lines.compactMap { line in
            guard let quoteLine = byID[line.pricing.id] else { return nil }
            return PricedCartLine(
                id: line.pricing.id, item: line.item, dots: line.dots,
                units: Int(line.pricing.qty ?? 1), grams: line.pricing.grams.map { Int($0) },
                unitPriceMinor: line.unitPrice, quoteLine: quoteLine)
        }
    }

    /// What a scan names: its code, and the choice among several articles of that code.
    private struct Wanted: Hashable {
        let input: ScanInput
        let article: String?
    }

    /// `nil` for what may not be sold now: not listed, without a price, expired, recalled.
    private func resolve(_ wanted: Wanted) -> PricedItem? {
        let profile = catalogue.profile
        guard
            let code = try? interpret(
                wanted.input, rules: profile.rules, today: profile.day(of: at)),
            !catalogue.saleFindings(for: code, at: at).contains(where: { $0.severity == .stop })
        else { return nil }
        return try? catalogue.item(for: code, at: at, article: wanted.article)
    }

    /// One serial number is one piece: its second scan waits until the first is taken out.
    private func isNew(_ item: PricedItem, units: Int) -> Bool {
        guard let serial = item.code?.itemSerial else { return true }
        return units == 1 && !serials.contains(serial)
    }

    /// `false` when the scan says too little to be priced.
    private mutating func add(
        _ item: PricedItem, _ scan: ScanBody, _ dot: Dot, units: Int, lock: BookVersion
    ) -> Bool {
        let sku = item.product.sku
        articles[sku] = Article(item)
        let override = lockedPrice(item, lock)
        switch item.measure {
        case .pieces: addPieces(item, dot, units: units, override: override)
        case .grams(let grams): addMeasured(item, dot, units, grams: grams, override: override)
        case .needsWeight:
            guard let grams = scan.weightGrams else { return false }
            addMeasured(item, dot, units, grams: grams, override: override)
        case .embeddedPrice(let price):
            for _ in 0..<units {
                append(
                    PricingLine(
                        id: numbered("\(sku)#\(price)"), sku: sku, embeddedPrice: price),
                    item, dot, unitPrice: nil)
            }
        }
        return true
    }

    private mutating func addPieces(
        _ item: PricedItem, _ dot: Dot, units: Int, override: Int64?
    ) {
        let sku = item.product.sku
        let id = PricingLine.pieceLineID(sku: sku, overridePrice: override)
        if let position = positions[id] {
            lines[position].pricing.qty = (lines[position].pricing.qty ?? 0) + Int64(units)
            lines[position].dots.append(dot)
            return
        }
        positions[id] = lines.count
        append(
            PricingLine(id: id, sku: sku, qty: Int64(units), overridePrice: override), item, dot,
            unitPrice: override ?? item.shelfPriceMinor)
    }

    private mutating func addMeasured(
        _ item: PricedItem, _ dot: Dot, _ units: Int, grams: Int, override: Int64?
    ) {
        let sku = item.product.sku
        let price = override.map { "@\($0)" } ?? ""
        for _ in 0..<units {
            // An override with grams is per kilogram (DESIGN, "locked at different books").
            append(
                PricingLine(
                    id: numbered("\(sku)\(price)/\(grams)g"), sku: sku, grams: Int64(grams),
                    overridePrice: override),
                item, dot, unitPrice: override ?? item.shelfPriceMinor)
        }
    }

    private mutating func append(
        _ line: PricingLine, _ item: PricedItem, _ dot: Dot, unitPrice: Int64?
    ) {
        lines.append(Line(pricing: line, item: item, dots: [dot], unitPrice: unitPrice))
    }

    private mutating func numbered(_ content: String) -> String {
        numbers[content, default: 0] += 1
        return "\(content)/\(numbers[content] ?? 1)"
    }

    /// The locked price where it is lower than today's (SYNC-55).
    private func lockedPrice(_ item: PricedItem, _ lock: BookVersion) -> Int64? {
        guard lock != 0, lock != item.book,
            let locked = catalogue.shelfPrice(sku: item.product.sku, book: lock, at: at),
            locked < item.shelfPriceMinor
        else { return nil }
        return locked
    }
}

extension Article {
    init(_ item: PricedItem) {
        let product = item.product
        self.init(
            sku: product.sku, price: item.shelfPriceMinor, categories: product.categories,
            brand: product.brand, tax: product.taxCategory, deposit: product.depositMinor,
            noDiscount: product.noDiscount, snapEligible: product.snapEligible)
    }
}
