import ToteValues

/// One unit of the cart (OFF-1, OFF-2): a piece, a weighed scan, or a label with its price.
struct CartUnit: Hashable {
    enum Kind: Int64 { case each, kg, embedded }

    /// Index into `CartUnits.lines`.
    let line: Int
    let kind: Kind
    let gross: Int64
    /// Never below 0; net + discount = gross at every moment (OFF-4).
    var net: Int64
    var discount: Int64 = 0
    /// Part of `discount` paid by a manufacturer's coupon (OFF-28).
    var manufacturer: Int64 = 0

    mutating func take(_ share: Int64, manufacturer isManufacturer: Bool = false) {
        net -= share
        discount += share
        if isManufacturer { manufacturer += share }
    }
}

/// The cart as units in canonical order (OFF-3), and as lines.
struct CartUnits {
    let lines: [PricingLine]
    /// Article of each line.
    let articles: [Article]
    let lineGross: [Int64]
    /// Canonical order, fixed for the quote.
    var units: [CartUnit]
    /// Canonical indices of the units of each line.
    let unitsOfLine: [[Int]]

    /// - Throws: every fault of the lines at once.
    init(
        lines: [PricingLine], articles: [String: Article], context: PricingContext
    ) throws(PricingError) {
        var faults = CartRules.faults(lines, articles: articles, context: context)
        var found: [Article] = []
        var units: [CartUnit] = []
        if faults.isEmpty {
            do {
                for (index, line) in lines.enumerated() {
                    guard let article = articles[line.sku] else { continue }
                    found.append(article)
                    units += try CartRules.units(of: line, at: index, article: article)
                }
            } catch { faults.append(.init(.amountOutOfRange, "\(error)")) }
        }
        let total = zip(lines, found).reduce(units.reduce(Int128(0)) { $0 + Int128($1.gross) }) {
            $0 + Int128($1.1.deposit) * Int128($1.0.qty ?? 1)
        }
        if total > Int128(JSONField.largestInteger) / 2 { faults.append(.init(.amountOutOfRange)) }
        guard faults.isEmpty else { throw PricingError(faults) }
        self.lines = lines
        self.articles = found
        let ordered = CartRules.canonical(units, lines: lines)
        self.units = ordered
        var unitsOfLine = [[Int]](repeating: [], count: lines.count)
        for (index, unit) in ordered.enumerated() { unitsOfLine[unit.line].append(index) }
        self.unitsOfLine = unitsOfLine
        self.lineGross = unitsOfLine.map { list in
            list.reduce(0) { $0 + ordered[$1].gross }
        }
    }

    func net(ofLine line: Int) -> Int64 {
        unitsOfLine[line].reduce(0) { $0 + units[$1].net }
    }
}

/// The checks of OFF-76's last paragraph, and the making of units.
enum CartRules {
    static let maxLines = 300
    static let maxUnits: Int64 = 10_000
    static let qtyRange: ClosedRange<Int64> = 1...10_000
    static let gramRange: ClosedRange<Int64> = 1...99_999

    static func faults(
        _ lines: [PricingLine], articles: [String: Article], context: PricingContext
    ) -> [PricingError.Fault] {
        var faults: [PricingError.Fault] = []
        if !LocalTime.isMinute(context.at) || !LocalTime.weekdays.contains(context.weekday)
            || Set(context.layers).count != context.layers.count
            || !context.taxRates.values.allSatisfy({ (0...10000).contains($0) })
        {
            faults.append(.init(.badContext))
        }
        var ids: Set<String> = []
        for line in lines {
            if !ids.insert(line.id).inserted {
                faults.append(.init(.duplicateLineId, line: line.id))
            }
            faults += self.faults(line)
            if let article = articles[line.sku] {
                if article.price < 0 || article.deposit < 0 {
                    faults.append(.init(.amountOutOfRange, line: line.id, article.sku))
                }
                if context.taxRates[article.tax] == nil {
                    faults.append(.init(.unknownTaxCategory, line: line.id, article.tax))
                }
            } else {
                faults.append(.init(.unknownSku, line: line.id, line.sku))
            }
        }
        let units = lines.reduce(Int64(0)) {
            $0 + ($1.qty.map { min(max($0, 1), maxUnits + 1) } ?? 1)
        }
        if lines.count > maxLines || units > maxUnits { faults.append(.init(.cartTooLarge)) }
        return faults
    }

    private static func faults(_ line: PricingLine) -> [PricingError.Fault] {
        let measures = [line.qty, line.grams, line.embeddedPrice].compactMap { $0 }.count
        if measures != 1 || (line.overridePrice != nil && line.embeddedPrice != nil) {
            return [.init(.measureConflict, line: line.id)]
        }
        let amounts = 0...JSONField.largestInteger
        let good =
            line.qty.map(qtyRange.contains) ?? true && line.grams.map(gramRange.contains) ?? true
            && line.embeddedPrice.map(amounts.contains) ?? true
            && line.overridePrice.map(amounts.contains) ?? true
        return good ? [] : [.init(.quantityOutOfRange, line: line.id)]
    }

    /// OFF-1, OFF-2. `overridePrice` stands for the article's price in both.
    static func units(
        of line: PricingLine, at index: Int, article: Article
    ) throws(MoneyError) -> [CartUnit] {
        let price = line.overridePrice ?? article.price
        if let grams = line.grams {
            let gross = try divide(Int128(price) * Int128(grams), 1000, .halfUp)
            return [CartUnit(line: index, kind: .kg, gross: gross, net: gross)]
        }
        if let gross = line.embeddedPrice {
            return [CartUnit(line: index, kind: .embedded, gross: gross, net: gross)]
        }
        let unit = CartUnit(line: index, kind: .each, gross: price, net: price)
        return Array(repeating: unit, count: Int(line.qty ?? 0))
    }

    /// OFF-3. Units of one line are alike at this point, so their own order is free.
    static func canonical(_ units: [CartUnit], lines: [PricingLine]) -> [CartUnit] {
        units.sorted { left, right in
            if left.gross != right.gross { return left.gross > right.gross }
            let (one, other) = (lines[left.line], lines[right.line])
            if one.sku != other.sku { return one.sku.precedes(other.sku) }
            return one.id.precedes(other.id)
        }
    }
}
