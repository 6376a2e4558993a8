import GRDB
import ToteCarts
import TotePrivacy
import ToteStorage
import ToteValues

/// The device's file under a shopper who scans and changes her mind, and a store that answers.
final class DeviceLife: Subject {
    static let steps = CartStore.steps + EgressLedger.steps
    static let file = "/trip.sqlite"

    /// What must be found after a crash: all of it as it was, or as the next change left it.
    private struct Promise {
        let rows: Int
        let operations: Set<String>
    }

    private let folder: String
    private let plan: LifePlan
    private var queue: DatabaseQueue
    private var store: CartStore
    private var ledger: EgressLedger
    private var cart: CartID
    private var kept: [Promise] = []

    private init(_ folder: String, _ plan: LifePlan) throws {
        self.folder = folder
        self.plan = plan
        (queue, _) = try Self.open(folder, seed: plan.seed)
        let world = World.repeating(seed: plan.seed)
        try Self.prepare(queue, plan)
        store = try CartStore(database: queue, world: world)
        ledger = EgressLedger(database: queue, world: world)
        cart = try store.currentCart()?.cart ?? store.newCart(guest: false).cart
        try promise()
    }

    static func open(_ folder: String, plan: LifePlan) async throws -> DeviceLife {
        try DeviceLife(folder, plan)
    }

    private static func open(
        _ folder: String, seed: UInt64
    ) throws -> (DatabaseQueue, SalvageReport?) {
        try DatabaseFile.openOrSalvage(
            path: folder + file, steps: steps, verify: CartStore.verify,
            salvage: CartStore.salvage(world: .repeating(seed: seed)))
    }

    private static func prepare(_ queue: DatabaseQueue, _ plan: LifePlan) throws {
        try queue.writeWithoutTransaction { db in
            if let pages = plan.checkpointPages {
                try db.execute(sql: "PRAGMA wal_autocheckpoint = \(pages)")
            }
            if let mode = plan.synchronous { try db.execute(sql: "PRAGMA synchronous = \(mode)") }
        }
    }

    private func promise() throws {
        kept.append(try Self.promise(queue, store))
        FaultJournal.mark(kept.count)
    }

    private static func promise(_ queue: DatabaseQueue, _ store: CartStore) throws -> Promise {
        var hasher = Hasher()
        try queue.read { db in
            let tables = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            for table in tables {
                hasher.combine(table)
                for row in try Row.fetchAll(db, sql: "SELECT * FROM \(table)") {
                    hasher.combine(row)
                }
            }
        }
        return Promise(rows: hasher.finalize(), operations: try operations(queue))
    }

    /// Every own operation with its hash.
    private static func operations(_ queue: DatabaseQueue) throws -> Set<String> {
        try queue.read { db in
            let sql = "SELECT hex(incarnation) || sequence || hex(hash) FROM ownOperation"
            return try Set(String.fetchAll(db, sql: sql))
        }
    }

    func check(_ folder: String, promises: Int) async throws -> Verdict {
        let (queue, report) = try Self.open(folder, seed: plan.seed)
        defer { try? queue.close() }
        let store = try CartStore(database: queue, world: .repeating(seed: plan.seed))
        for record in try store.records() { _ = try store.view(record.cart) }
        let found = try Self.promise(queue, store)
        let owed = promises == 0 ? plan.before : kept[promises - 1].operations
        let next = promises < kept.count ? kept[promises] : nil
        if report != nil || promises == 0 {
            let missing = owed.subtracting(found.operations)
            guard missing.isEmpty else { return .lost("\(missing.count) operations") }
            return report == nil ? .opened(found.operations) : .salvaged(found.operations)
        }
        guard found.rows == kept[promises - 1].rows || found.rows == next?.rows else {
            let missing = owed.subtracting(found.operations).count
            return .lost("neither the state before nor after; \(missing) operations missing")
        }
        return .opened(found.operations)
    }

    func close() throws { try queue.close() }
}

extension DeviceLife {
    func act(_ chance: inout SeededChance) async throws {
        switch Int.random(in: 0..<100, using: &chance) {
        case 0..<45: try commit(.scan(scan(&chance)))
        case 45..<65: try change(&chance)
        case 65..<68: try commit(.clear)
        case 68..<74: try commit(.clip(key: "offer-\(Int.random(in: 0..<99, using: &chance))"))
        case 74..<84: try sync(&chance)
        case 84..<88: try savePendingClose()
        case 88..<90:
            let body = [UInt8](repeating: 7, count: Int.random(in: 1...9000, using: &chance))
            try store.saveReceipt(cart, ordinal: 1, body: body, signature: [1])
        case 90..<95:
            _ = try ledger.permit(
                purpose: .contractCheckout, host: "store.example", method: "POST",
                route: "/v1/carts/{id}/sync", dataClasses: ["cart"])
        case 95..<97: cart = try store.newCart(guest: false).cart
        default: try reopen()
        }
        try promise()
    }

    private func commit(_ intent: CartIntent) throws {
        do throws(CartError) {
            try store.commit(intent, cart: cart)
        } catch {
            // A second clip of one offer, or nothing left to take out.
            guard [.alreadyApplied, .lineNotFound, .cartFull].contains(error.code) else {
                throw error
            }
        }
    }

    private func scan(_ chance: inout SeededChance) -> ScanBody {
        ScanBody(
            code: "40063813\(Int.random(in: 10_000..<99_999, using: &chance))", symbology: "ean13",
            units: Int.random(in: 1...12, using: &chance), book: 812, shown: 199,
            at: Moment(milliseconds: 0))
    }

    private func change(_ chance: inout SeededChance) throws {
        let live = try store.view(cart).liveDots.map(\.dot)
        guard let dot = live.randomElement(using: &chance) else { return }
        switch Int.random(in: 0..<3, using: &chance) {
        case 0: try commit(.minusOne(line: [dot]))
        case 1: try commit(.void(line: [dot]))
        default:
            let count = Int.random(in: 0...20, using: &chance)
            try commit(.set(line: [dot], to: count, again: scan(&chance)))
        }
    }

    /// The store takes some of what waits, and answers with its log.
    private func sync(_ chance: inout SeededChance) throws {
        let out = try store.outgoing(
            cart, maxOperations: Int.random(in: 1...10, using: &chance))
        let answer = plan.store.answer(out, cart: cart)
        _ = try store.accept(
            cart, cursor: answer.cursor, state: .open, entries: answer.entries, more: false,
            ack: out.isEarlier ? nil : answer.ack)
    }

    private func savePendingClose() throws {
        let view = try store.view(cart)
        try store.savePendingClose(
            PendingClose(
                closeID: CloseID(Bytes16(high: 0, low: UInt64(kept.count))), cart: cart,
                ordinal: 1, cursor: Cursor(epoch: Epoch(1), revision: 0, hash: view.hash),
                at: Moment(milliseconds: 0),
                confirmedSet: view.liveDots.map { DotUnits(dot: $0.dot, units: 1) },
                totalMinor: 100, currency: .euro, quoteHash: [UInt8](repeating: 3, count: 32)))
    }

    /// The command ends, and the next one begins.
    private func reopen() throws {
        try queue.close()
        (queue, _) = try Self.open(folder, seed: plan.seed)
        try Self.prepare(queue, plan)
        let world = World.repeating(seed: plan.seed &+ UInt64(kept.count) &* 7919)
        store = try CartStore(database: queue, world: world)
        ledger = EgressLedger(database: queue, world: world)
    }
}
