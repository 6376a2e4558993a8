import ToteValues

extension PricingLine {
    /// The id of the one line of pieces of an article at its own price, or at `overridePrice`
    /// (OFF-10): content, not scan order.
    public static func pieceLineID(sku: String, overridePrice: Int64? = nil) -> String {
        overridePrice.map { "\(sku)@\($0)" } ?? sku
    }
}

extension OfferEngine {
    /// At most this many articles are tried (OFF-91).
    static let hintLimit = 8

    /// Which single piece more would bring a saving: each candidate is priced in full (OFF-91).
    /// - Parameters:
    ///   - quote: what `price` answered for the same lines, articles and context.
    ///   - articles: also those not in the cart that may be suggested.
    public func hints(
        for quote: Quote, lines: [PricingLine], articles: [String: Article],
        context: PricingContext
    ) -> [Hint] {
        let validUntil = TimeBoundaries.next(after: context.at, promotions)
        return candidates(quote, lines, articles).compactMap { sku in
            guard let more = Self.adding(sku, to: lines),
                let then = try? price(
                    lines: more, articles: articles, context: context, inputs: quote.inputs),
                then.discount > quote.discount
            else { return nil }
            return Hint(
                kind: .addOne, sku: sku, add: 1, totalNow: quote.total, totalThen: then.total,
                saves: then.discount - quote.discount, validUntil: validUntil,
                inputs: quote.inputs)
        }
    }

    private func candidates(
        _ quote: Quote, _ lines: [PricingLine], _ articles: [String: Article]
    ) -> [String] {
        var skus = Set(lines.filter { $0.qty != nil && $0.overridePrice == nil }.map(\.sku))
        let wanting = Set(
            quote.trail.filter { $0.reason == .needMore && Self.missing($0) == 1 }.map(\.promotion))
        let selectors = promotions.filter { wanting.contains($0.id) }.flatMap(\.selectors)
        // An article that was only weighed or labelled has no piece to add.
        let unpieced = Set(lines.map(\.sku)).subtracting(skus)
        if !selectors.isEmpty {
            for (sku, article) in articles where !unpieced.contains(sku) && !article.noDiscount {
                if selectors.contains(where: { $0.matches(article) }) { skus.insert(sku) }
            }
        }
        return Array(skus.sortedByBytes().prefix(Self.hintLimit))
    }

    private static func missing(_ entry: TrailEntry) -> Int64 {
        guard case .array(let values) = entry.facts["missing"] else { return 0 }
        return values.reduce(0) { sum, value in
            if case .integer(let count) = value { sum + count } else { sum }
        }
    }

    /// The cart with one piece more; `nil` where the engine's lines cannot say that.
    private static func adding(_ sku: String, to lines: [PricingLine]) -> [PricingLine]? {
        var lines = lines
        let place = lines.firstIndex {
            $0.sku == sku && $0.qty != nil && $0.overridePrice == nil
        }
        if let place {
            lines[place].qty = (lines[place].qty ?? 0) + 1
            return lines
        }
        let id = PricingLine.pieceLineID(sku: sku)
        guard !lines.contains(where: { $0.id == id }) else { return nil }
        return lines + [PricingLine(id: id, sku: sku, qty: 1)]
    }
}

/// When the set of running promotions next changes (OFF-102).
enum TimeBoundaries {
    /// The earliest boundary after `minute`, as local time of the store.
    static func next(after minute: String, _ promotions: [Promotion]) -> String? {
        var earliest: String?
        for schedule in promotions.compactMap(\.schedule) {
            for boundary in boundaries(schedule, after: minute) where minute.precedes(boundary) {
                if earliest.map({ boundary.precedes($0) }) ?? true { earliest = boundary }
            }
        }
        return earliest
    }

    private static func boundaries(
        _ schedule: Promotion.Schedule, after minute: String
    ) -> [String] {
        var found = [schedule.from, schedule.until].compactMap { $0.flatMap(LocalTime.minute) }
        guard let midnight = LocalTime.nextMidnight(after: minute) else { return found }
        if !schedule.days.isEmpty { found.append(midnight) }
        for clock in schedule.hours ?? [] {
            if clock == "24:00" {
                found.append(midnight)
            } else {
                found.append(minute.prefix(10) + "T" + clock)
                found.append(midnight.prefix(10) + "T" + clock)
            }
        }
        return found
    }
}
