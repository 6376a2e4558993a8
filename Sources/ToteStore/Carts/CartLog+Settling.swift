package import GRDB
import ToteCarts
package import ToteValues

/// Why a settlement cannot end as asked.
package enum CartLogError: Error, Hashable, Sendable {
    case unknownCart
    /// That ordinal is not being settled.
    case notClosing(Int32)
}

extension CartLog {
    /// Ends *closing* with the money captured, in the transaction of payments' own final commit
    /// (SYNC-58). What came too late moves to the carry-over cart (SYNC-57). A repeat does nothing.
    /// - Parameter receipt: the receipt's identifier.
    package static func appendSettled(
        _ db: Database, _ cart: CartID, ordinal: Int32, receipt: String, world: World
    ) throws {
        guard let row = try pendingRow(db, cart, ordinal, ended: "settled") else { return }
        var appender = try CartAppender(db, whole: row, now: world.now())
        let parked = appender.cart.parked
        let outcome = settled(appender.cart, ordinal: ordinal, receipt: receipt)
        _ = try appender.append(db, own: .settled(outcome))
        try RefundRow.insert(
            db, cart, revision: appender.row.revision, ordinal: ordinal, outcome.refunds)
        try setState(db, cart, ordinal, "settled")
        let late = appender.cart
        if !outcome.carried.isEmpty {
            appender.carry(to: LogHashing.carryOver(cart, ordinal: ordinal))
        }
        try appender.finish(db)
        try CarryOver.take(db, from: late, dots: outcome.carried.map(\.dot), world: world)
        for entry in parked {
            try CarryOver.void(db, from: late, entry.operation, world: world)
        }
    }

    /// Ends *closing* without any capture; parked entries are applied. A repeat does nothing.
    package static func appendReopened(
        _ db: Database, _ cart: CartID, ordinal: Int32, reason: String, world: World
    ) throws {
        guard let row = try pendingRow(db, cart, ordinal, ended: "reopened") else { return }
        var appender = try CartAppender(db, whole: row, now: world.now())
        _ = try appender.append(db, own: .reopened(ordinal: ordinal, reason: reason))
        try setState(db, cart, ordinal, "reopened")
        try appender.finish(db)
    }

    /// The cart whose settlement is active; `nil` when it has ended in that way already.
    private static func pendingRow(
        _ db: Database, _ cart: CartID, _ ordinal: Int32, ended: String
    ) throws -> CartRow? {
        guard let row = try CartRow.fetch(db, cart) else { throw CartLogError.unknownCart }
        let state = try String.fetchOne(
            db, sql: "SELECT state FROM settlement WHERE cart = ? AND ordinal = ?",
            arguments: [cart.blob, ordinal])
        if state == ended { return nil }
        guard state == "active", row.state == .closing, row.ordinal == ordinal else {
            throw CartLogError.notClosing(ordinal)
        }
        return row
    }

    private static func setState(
        _ db: Database, _ cart: CartID, _ ordinal: Int32, _ state: String
    ) throws {
        try db.execute(
            sql: "UPDATE settlement SET state = ? WHERE cart = ? AND ordinal = ?",
            arguments: [state, cart.blob, ordinal])
    }

    /// What the settlement does to the cart: tried on a copy by the same rules.
    private static func settled(_ cart: Cart, ordinal: Int32, receipt: String) -> SettledBody {
        var after = cart
        let trial = LogEntry(
            revision: cart.revision + 1,
            operation: CartOperation(
                dot: Dot(device: .store, incarnation: Incarnation(0), sequence: 1),
                body: .settled(
                    SettledBody(ordinal: ordinal, receipt: receipt, carried: [], refunds: []))),
            disposition: .applied, role: .store)
        CartRules.apply(trial, to: &after)
        let grown = { (place: (DotState) -> Int) -> [DotUnits] in
            after.order.compactMap { dot in
                let units =
                    place(after.dots[dot] ?? DotState())
                    - place(cart.dots[dot] ?? DotState())
                return units > 0 ? DotUnits(dot: dot, units: units) : nil
            }
        }
        return SettledBody(
            ordinal: ordinal, receipt: receipt, carried: grown { $0.carried },
            refunds: grown { $0.refundRequested })
    }
}

/// The cart of what came too late for a payment (SYNC-57): made when the first unit comes.
enum CarryOver {
    /// An entry must fit into one answer of a sync.
    private static let dotsOfOneEntry = 100

    /// Carried dots come in as an `inherit` entry.
    static func take(_ db: Database, from cart: Cart, dots: [Dot], world: World) throws {
        let inherited = dots.compactMap { dot -> InheritedDot? in
            guard let state = cart.dots[dot], let scan = state.scan, state.carried > 0 else {
                return nil
            }
            return InheritedDot(
                dot: dot, units: state.carried, scan: scan, priceLock: state.priceLock)
        }
        for start in stride(from: 0, to: inherited.count, by: dotsOfOneEntry) {
            let part = inherited[start..<min(start + dotsOfOneEntry, inherited.count)]
            try append(
                db, to: cart, .inherit(InheritBody(from: cart.id, dots: Array(part))),
                world: world)
        }
    }

    /// A void of carried dots is done there (merge table row 12).
    static func void(
        _ db: Database, from cart: Cart, _ operation: CartOperation, world: World
    ) throws {
        guard case .void(let targets, let reason) = operation.body else { return }
        let carried = targets.filter { cart.dots[$0.dot].map { $0.carried > 0 } ?? false }
        guard !carried.isEmpty else { return }
        try append(db, to: cart, .void(targets: carried, reason: reason), world: world)
    }

    private static func append(
        _ db: Database, to cart: Cart, _ body: CartOperationBody, world: World
    ) throws {
        let target = LogHashing.carryOver(cart.id, ordinal: cart.ordinal)
        var row = CartRow(new: target, member: cart.member)
        if let known = try CartRow.fetch(db, target) {
            row = known
        } else {
            try row.save(db, at: world.now())
        }
        // Only what the entry names is read; its own dot is not known before it is appended.
        let sample = CartOperation(
            dot: Dot(device: .store, incarnation: Incarnation(0), sequence: 1), body: body)
        var appender = try CartAppender(db, row, for: [sample], now: world.now())
        _ = try appender.append(db, own: body)
        try appender.finish(db)
    }
}
