import GRDB
import ToteCarts
import ToteValues

/// Appends operations to one cart's log inside a transaction. It holds the cart as far as the
/// operations need it: a push loads the rows they name, a settlement the whole.
struct CartAppender {
    private(set) var row: CartRow
    private(set) var cart: Cart
    private let isWhole: Bool
    private let now: Moment

    /// Loads what these operations name.
    init(_ db: Database, _ row: CartRow, for operations: [CartOperation], now: Moment) throws {
        self.row = row
        self.now = now
        isWhole = false
        cart = Cart(id: row.cart)
        cart.state = row.state
        cart.member = row.member
        cart.ordinal = row.ordinal
        cart.revision = row.revision
        cart.hash = row.hash
        for operation in operations { try load(db, operation) }
    }

    /// Loads everything.
    init(_ db: Database, whole row: CartRow, now: Moment) throws {
        self.row = row
        self.now = now
        isWhole = true
        cart = try CartLog.whole(db, row)
    }

    /// Evaluates, applies and writes the next entry.
    /// - Parameter member: of the credential, as pairwise id in hexadecimal.
    mutating func append(
        _ db: Database, _ operation: CartOperation, role: Role, member: String? = nil,
        priceLock: BookVersion = 0
    ) throws -> Verdict {
        let verdict = CartRules.evaluate(
            operation, role: role, member: member, in: cart, liveUnits: row.liveUnits)
        let lock = verdict.disposition == .rejected ? 0 : priceLock
        let entry = LogEntry(
            revision: row.revision + 1, operation: operation, disposition: verdict.disposition,
            role: role, priceLock: lock)
        let touched = Self.dots(of: operation)
        let before = touched.reduce(0) { $0 + (cart.dots[$1]?.live ?? 0) }
        CartRules.apply(entry, to: &cart)
        let after = touched.reduce(0) { $0 + (cart.dots[$1]?.live ?? 0) }
        row.liveUnits += after - before
        if case .attach = operation.body, verdict.disposition == .applied { row.member = member }
        (row.revision, row.hash) = (cart.revision, cart.hash)
        (row.state, row.ordinal) = (cart.state, cart.ordinal)
        if isWhole { row.liveUnits = cart.liveUnits }
        cart.member = row.member
        try insert(db, entry)
        for dot in isWhole ? cart.order : touched { try DotRow.save(db, cart, dot) }
        try ClipRow.save(db, cart, operation)
        try requestRefunds(db, verdict, revision: entry.revision)
        return verdict
    }

    /// Appends an operation of the store's own: device 0, incarnation = epoch.
    mutating func append(
        _ db: Database, own body: CartOperationBody
    ) throws -> Verdict {
        let stream = Stream(device: .store, incarnation: Incarnation(try CartLog.epoch(db).raw))
        let sequence = try StreamRow.last(db, row.cart, stream) + 1
        let dot = Dot(
            device: stream.device, incarnation: stream.incarnation, sequence: sequence)
        let verdict = try append(db, CartOperation(dot: dot, body: body), role: .store)
        try StreamRow.save(db, row.cart, stream, last: sequence, at: now)
        return verdict
    }

    /// Writes the cart's head; the last thing to do.
    func finish(_ db: Database) throws { try row.save(db, at: now) }

    mutating func carry(to cart: CartID) { row.carryTo = cart }

    private mutating func load(_ db: Database, _ operation: CartOperation) throws {
        for dot in Self.dots(of: operation) where cart.dots[dot] == nil {
            if let state = try DotRow.fetch(db, row.cart, dot) {
                cart.dots[dot] = state
                if state.scan != nil { cart.order.append(dot) }
            }
        }
        try ClipRow.load(db, operation, into: &cart)
    }

    /// The dots that an operation may change.
    private static func dots(of operation: CartOperation) -> [Dot] {
        switch operation.body {
        case .scan: [operation.dot]
        case .void(let targets, _): Array(Set(targets.map(\.dot)))
        case .attr(let dot, _, _), .release(let dot), .hold(let dot, _), .reject(let dot, _):
            [dot]
        case .price(let dots, _): dots
        case .inherit(let body): body.dots.map(\.dot)
        default: []
        }
    }

    private func insert(_ db: Database, _ entry: LogEntry) throws {
        let dot = entry.operation.dot
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO operation (cart, revision, device, incarnation, sequence, hash,
                    logHash, kind, disposition, role, priceLock, receivedAt, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            row.cart.blob, entry.revision, dot.device.blob, dot.incarnation.blob,
            Int64(clamping: dot.sequence), entry.operation.hash.blob, row.hash.blob,
            entry.operation.body.kind, Int64(entry.disposition.rawValue),
            Int64(entry.role.rawValue), entry.priceLock, now.milliseconds,
            entry.operation.canonicalBody.blob,
        ])
    }

    private func requestRefunds(
        _ db: Database, _ verdict: Verdict, revision: Int64
    ) throws {
        guard verdict.disposition == .refundRequested else { return }
        let refunds = verdict.removed.filter { cart.dots[$0.dot].map { $0.paid > 0 } ?? false }
        try RefundRow.insert(db, row.cart, revision: revision, ordinal: row.ordinal, refunds)
    }
}
