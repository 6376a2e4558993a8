import ToteBarcodes
import ToteCarts
import ToteCatalogue
import ToteValues

/// Visible truth: what the store does not know yet, why, and what it refused. Nothing is ever
/// dropped silently.
extension ShoppingTrip {
    /// What is unsent, since when and why, and what the store refused; asks nobody.
    public func syncStatus() throws(TripError) -> SyncStatus {
        try status(pushed: 0, pulled: 0)
    }

    func status(pushed: Int, pulled: Int) throws(TripError) -> SyncStatus {
        let trouble = try trouble()
        guard let record = try currentCart() else {
            return SyncStatus(
                cart: nil, cursor: nil, unsent: [], refused: [], pushed: 0, pulled: 0,
                offline: isOffline, trouble: trouble)
        }
        let known = try view(record)
        let (unsent, refused) = try cartErrors { () throws(CartError) in
            (try carts.unsent(record.cart), try carts.refusals(record.cart))
        }
        return SyncStatus(
            cart: record.cart, cursor: record.cursor,
            unsent: unsent.map {
                UnsentOperation(
                    dot: $0.operation.dot, kind: $0.operation.body.kind, since: $0.committedAt,
                    what: words(for: $0.operation, in: known))
            },
            refused: refused.map { "\(words(for: $0.operation, in: known)): \($0.reason)" },
            pushed: pushed, pulled: pulled, offline: isOffline || trouble?.kind == .offline,
            trouble: trouble)
    }

    // MARK: - Why

    /// Keeps why the last attempt failed, also for the next process: written when it changes.
    func note(_ error: TripError?) {
        let kept = try? trouble()
        guard let error else {
            if kept != nil { try? setMeta(MetaKey.syncTrouble, nil) }
            return
        }
        let found = SyncTrouble(kind: .init(error), code: error.code, since: world.now())
        if kept?.kind == found.kind, kept?.code == found.code { return }
        // A file that cannot be written says so to whoever scans.
        try? setMeta(MetaKey.syncTrouble, found.json.canonicalText)
    }

    private func trouble() throws(TripError) -> SyncTrouble? {
        guard let text = try meta(MetaKey.syncTrouble),
            let value = try? StrictJSON.parse(Array(text.utf8), limits: .document)
        else { return nil }
        return try? SyncTrouble(json: JSONField(value))
    }

    // MARK: - What

    private func words(for operation: CartOperation, in cart: Cart) -> String {
        switch operation.body {
        case .scan(let scan): words(for: scan, units: scan.units)
        case .void(let targets, _):
            "taken out: "
                + targets.map { target in
                    guard let scan = cart.dots[target.dot]?.scan else { return "1 scan" }
                    return words(for: scan, units: target.units)
                }.joined(separator: ", ")
        case .clip(let key): "coupon \(key)"
        case .decline(let key): "without offer \(key)"
        case .unclip: "coupon withdrawn"
        case .attach: "membership"
        case .skip: "nothing, in place of a scan that was refused"
        default: operation.body.kind
        }
    }

    /// `2 × Milk 1 l`, `750 g Mountain cheese`; the code where nobody knows its name.
    private func words(for scan: ScanBody, units: Int) -> String {
        let name =
            ScanInput(cartCode: scan.code, symbology: scan.symbology)
            .flatMap { try? lookup($0).product.name } ?? scan.code
        return scan.weightGrams.map { "\($0) g \(name)" } ?? "\(units) × \(name)"
    }
}

extension SyncTrouble.Kind {
    init(_ error: TripError) {
        self =
            switch error.kind {
            case .unreachable: .offline
            case .permission where error.code != "wrongStore": .signIn
            case .tryLater: .busy
            case .io: .storage
            default: .refused
            }
    }
}
