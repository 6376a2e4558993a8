public import ToteValues

/// What a shopper wants of the cart, before it becomes operations.
public enum CartIntent: Hashable, Sendable {
    case scan(ScanBody)
    /// *Set to N* (SYNC-11); `again` is the scan that adds the missing units.
    case set(line: [Dot], to: Int, again: ScanBody)
    case minusOne(line: [Dot])
    case void(line: [Dot])
    case clear
    case clip(key: String)
    case decline(key: String)
    case unclip(Dot)
    case attach
}

extension CartRules {
    /// Turns an intent into operations that name only what the view has seen (SYNC-11…14).
    /// - Throws: `CartError`; then nothing is to be stored.
    public static func compile(
        _ intent: CartIntent, view: Cart, own: DeviceID
    ) throws(CartError) -> [CartOperationBody] {
        try checkOpen(view)
        switch intent {
        case .scan(let scan): return try scans(scan, view)
        case .set(let line, let count, let again):
            return try set(line, to: count, again, view, own)
        case .minusOne(let line):
            guard standing(line, view) > 0 else { throw lineNotFound }
            return voids(targets(line, units: 1, view, own))
        case .void(let line):
            let units = standing(line, view)
            guard units > 0 else { throw lineNotFound }
            return voids(targets(line, units: units, view, own))
        case .clear:
            return voids(targets(view.order, units: .max, view, own))
        case .clip(let key):
            guard !view.clips.values.contains(key) else { throw alreadyApplied }
            return [.clip(key: try checkedText(key))]
        case .decline(let key): return [.decline(key: try checkedText(key))]
        case .unclip(let dot): return [.unclip(dot)]
        case .attach: return [.attach]
        }
    }

    private static func checkOpen(_ view: Cart) throws(CartError) {
        switch view.state {
        case .open, .closing, .abandoned: return
        case .paid, .moved:
            throw CartError(
                .notOpen, "This trip is \(view.state.rawValue).", mend: "Start a new trip.")
        }
    }

    private static func scans(
        _ scan: ScanBody, _ view: Cart
    ) throws(CartError) -> [CartOperationBody] {
        guard CartLimits.unitsOfOneScan.contains(scan.units) else { throw quantityOutOfRange }
        if let grams = scan.weightGrams, !CartLimits.gramsOfOneScan.contains(grams) {
            throw quantityOutOfRange
        }
        // A zero byte is no part of a JSON text here: the operation could not be read back.
        guard (1...CartLimits.codeBytes).contains(scan.code.utf8.count),
            !scan.code.utf8.contains(0)
        else {
            throw CartError(
                .codeTooLong, "A code has 1 to \(CartLimits.codeBytes) bytes, none of them zero.",
                mend: "Scan the article's own barcode.")
        }
        // A cart of fewer scans than the limit of lines cannot have more lines.
        let mayOverflow = view.dots.count >= CartLimits.lines
        guard view.liveUnits + scan.units <= CartLimits.liveUnits,
            view.revision < CartLimits.logEntries,
            !mayOverflow || view.lineCount < CartLimits.lines
        else {
            throw CartError(
                .cartFull, "The cart is full.", mend: "Pay for this one, then start another.")
        }
        return [.scan(scan)]
    }

    private static func set(
        _ line: [Dot], to count: Int, _ again: ScanBody, _ view: Cart, _ own: DeviceID
    ) throws(CartError) -> [CartOperationBody] {
        guard (0...999).contains(count) else { throw quantityOutOfRange }
        let standing = standing(line, view)
        if count < standing {
            return voids(targets(line, units: standing - count, view, own))
        }
        guard count > standing else { return [] }
        var scan = again
        scan.units = count - standing
        return try scans(scan, view)
    }

    private static func standing(_ line: [Dot], _ view: Cart) -> Int {
        line.reduce(0) { $0 + (view.dots[$1]?.standing ?? 0) }
    }

    /// Own dots newest first, then others' newest first (SYNC-12). A stream stands in the cart in
    /// the order of its sequences, so one order serves both.
    private static func targets(
        _ line: [Dot], units: Int, _ view: Cart, _ own: DeviceID
    ) -> [VoidTarget] {
        let places = line.count > 1 ? places(of: view) : [:]
        let ordered = line.sorted { left, right in
            if (left.device == own) != (right.device == own) { return left.device == own }
            return places[left, default: 0] > places[right, default: 0]
        }
        var left = units
        var targets: [VoidTarget] = []
        for dot in ordered where left > 0 {
            let taken = min(left, view.dots[dot]?.standing ?? 0)
            guard taken > 0 else { continue }
            targets.append(VoidTarget(dot: dot, units: taken))
            left -= taken
        }
        return targets
    }

    private static func places(of view: Cart) -> [Dot: Int] {
        Dictionary(
            zip(view.order, view.order.indices), uniquingKeysWith: { first, _ in first })
    }

    private static func voids(_ targets: [VoidTarget]) -> [CartOperationBody] {
        stride(from: 0, to: targets.count, by: CartLimits.targetsOfOneVoid).map { start in
            let end = min(start + CartLimits.targetsOfOneVoid, targets.count)
            return .void(targets: Array(targets[start..<end]), reason: "shopper")
        }
    }

    private static func checkedText(_ text: String) throws(CartError) -> String {
        guard (1...CartLimits.textBytes).contains(text.utf8.count), !text.utf8.contains(0) else {
            throw CartError(
                .textTooLong, "A coupon has 1 to \(CartLimits.textBytes) bytes, none of them zero.",
                mend: "Scan the coupon again.")
        }
        return text
    }

    private static var quantityOutOfRange: CartError {
        CartError(
            .quantityOutOfRange, "A quantity is 1 to 999 pieces, or 1 to 99,999 grams.",
            mend: "Give a whole number in that range; 0 removes the line.")
    }

    private static var alreadyApplied: CartError {
        CartError(
            .alreadyApplied, "That coupon is in the cart already.",
            mend: "Once is enough: nothing was changed.")
    }

    private static var lineNotFound: CartError {
        CartError(
            .lineNotFound, "That is not in the cart any more.", mend: "Show the cart again.")
    }
}

extension DotState {
    /// Units that a shopper sees in the bag: also those that a close has frozen, for a void of
    /// them is parked (row 9).
    var standing: Int { live + frozen }
}
