import ToteCarts
import ToteMessages
import ToteValues

/// Every log that the store ever had durable: what a read may have seen (SYNC-72).
struct LogHistory {
    private struct Point: Hashable {
        let cart: CartID
        let epoch: Epoch
        let revision: Int64
    }

    /// More than one hash where the store was rolled back without knowing it.
    private var hashes: [Point: Set<LogHash>] = [:]
    /// Steps with each restore and rollback: promises of before no longer bind.
    private(set) var lineage = 0
    /// The newest revision that an answer has named, by cart.
    private(set) var promised: [CartID: Int64] = [:]

    mutating func note(_ entry: Int64, _ hash: LogHash, _ cart: CartID, _ epoch: Epoch) {
        hashes[Point(cart: cart, epoch: epoch, revision: entry), default: []].insert(hash)
    }

    func contains(_ cursor: Cursor, _ cart: CartID) -> Bool {
        if cursor.revision == 0 { return cursor.hash == LogHashing.start(cart) }
        let point = Point(cart: cart, epoch: cursor.epoch, revision: cursor.revision)
        return hashes[point]?.contains(cursor.hash) ?? false
    }

    mutating func promise(_ cursor: Cursor, _ cart: CartID) {
        promised[cart] = max(promised[cart] ?? 0, cursor.revision)
    }

    mutating func restored() {
        lineage += 1
        promised = [:]
    }
}

/// What one phone has read.
struct ReadHistory {
    private var cursors: [CartID: Cursor] = [:]
    /// What others had been told when the request left, by its number.
    private var floors: [Int: [CartID: Int64]] = [:]

    mutating func asked(_ number: Int, known: [CartID: Int64]) {
        if floors.count > 8 { floors.removeAll() }
        floors[number] = known
    }

    func floor(_ number: Int?, _ cart: CartID) -> Int64 {
        number.flatMap { floors[$0]?[cart] } ?? 0
    }

    subscript(cart: CartID) -> Cursor? {
        get { cursors[cart] }
        set { cursors[cart] = newValue }
    }

    mutating func forgetCursor() { cursors = [:] }
    mutating func restored() { floors = [:] }
}
