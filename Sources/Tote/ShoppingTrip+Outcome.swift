import ToteBarcodes
import ToteCarts
import ToteCatalogue
import ToteValues

/// What became of a scan: of a new one, and of one that a repeated intent asks about.
extension ShoppingTrip {
    /// The first result of an intent that came before (SYNC-16): in this trip's cart, or in one of
    /// the last that were paid since. It is looked for before any check, for what was refused or
    /// changed since then does not undo what was done.
    func repeated(_ intent: IntentID) throws(TripError) -> ScanOutcome? {
        let current = try currentCart()
        let records = try cartErrors { () throws(CartError) in try carts.records() }
        let last = records.suffix(3).reversed().filter { $0.cart != current?.cart }
        for record in (current.map { [$0] } ?? []) + last {
            let first = try cartErrors { () throws(CartError) in
                try carts.committed(intent, cart: record.cart)
            }
            if let first { return try outcome(of: first, in: record) }
        }
        return nil
    }

    func outcome(
        of operations: [CartOperation], in record: CartRecord
    ) throws(TripError) -> ScanOutcome {
        let cart = try cart()
        let dots = operations.map(\.dot)
        if let line = cart.lines.first(where: { !Set($0.dots).isDisjoint(with: dots) }) {
            return ScanOutcome(dots: dots, line: line, cart: cart)
        }
        guard case .scan(let scan)? = operations.first?.body else {
            throw .internalDefect("an intent to scan became no scan")
        }
        let known = try view(record)
        let isUnsent = try isUnsent(dots, record)
        return ScanOutcome(
            dots: dots, line: line(of: scan, dots, isUnsent: isUnsent), cart: cart,
            standing: Self.standing(dots, in: known))
    }

    /// Of units that are in no line.
    private static func standing(_ dots: [Dot], in cart: Cart) -> ScanOutcome.Standing {
        let states = dots.compactMap { cart.dots[$0] }
        if states.contains(where: { $0.live > 0 }) { return .waiting }
        return states.contains { $0.paid + $0.frozen + $0.carried > 0 } ? .paid : .removed
    }

    private func isUnsent(_ dots: [Dot], _ record: CartRecord) throws(TripError) -> Bool {
        try cartErrors { () throws(CartError) in try carts.unsent(record.cart) }
            .contains { dots.contains($0.operation.dot) }
    }

    /// The scan as a line that is not in the cart: number 0, and no amounts.
    private func line(of scan: ScanBody, _ dots: [Dot], isUnsent: Bool) -> LineView {
        let product = ScanInput(cartCode: scan.code, symbology: scan.symbology)
            .flatMap { try? lookup($0).product }
        return LineView(
            number: 0, sku: product?.sku ?? scan.code, name: product?.name ?? scan.code,
            pieces: scan.units, grams: scan.weightGrams, unitPriceMinor: nil, grossMinor: 0,
            discountMinor: 0, netMinor: 0, depositMinor: 0,
            minimumAge: product?.minimumAge ?? 0, offers: [], unsent: isUnsent, dots: dots)
    }
}
