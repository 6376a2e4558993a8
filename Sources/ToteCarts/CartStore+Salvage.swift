public import GRDB
import ToteStorage
public import ToteValues

// Salvage judges the rows that could be read of a damaged file (SYNC-30). An operation counts
// only if its hash fits.

extension CartStore {
    /// What `DatabaseFile.openOrSalvage` needs to keep carts: every readable own operation, in
    /// new incarnations, so that the next sync pulls all and sends what the store lacks.
    public static func salvage(
        world: World
    ) -> (_ damaged: Database, _ fresh: Database) throws -> Void {
        return { damaged, fresh in
            let operations = try readable(damaged, "ownOperation", keep: isWhole)
            for row in operations { try SalvagedRow.insert(row, into: "ownOperation", fresh) }
            for table in ["meta", "pendingClose", "receipt"] {
                try SalvagedRow.copyAll(table, from: damaged, to: fresh)
            }
            var records: [CartID: CartRecord] = [:]
            for row in try readable(damaged, "cart", keep: { (try? CartRecord(row: $0)) != nil }) {
                let record = try CartRecord(row: row)
                records[record.cart] = record
            }
            for row in operations {
                let cart = try row.cartID("cart")
                if records[cart] == nil {
                    records[cart] = try rebuilt(
                        cart, device: row.identifier("device"), fresh, world)
                }
            }
            for record in records.values { try renewed(record, world).save(fresh) }
            try keepCurrent(operations, records, fresh)
        }
    }

    /// Looks for what `quick_check` cannot see: bytes that changed inside a row of a trip that is
    /// not over.
    /// - Throws: `SQLITE_CORRUPT`.
    public static func verify(_ database: Database) throws {
        guard try database.tableExists("ownOperation") else { return }
        let unfinished = "cart IN (SELECT cart FROM cart WHERE state IN ('open', 'closing'))"
        let own = try Row.fetchCursor(
            database, sql: "SELECT * FROM ownOperation WHERE \(unfinished)")
        while let row = try own.next() {
            guard isWhole(row) else {
                throw DatabaseError(
                    resultCode: .SQLITE_CORRUPT, message: "an operation does not fit its hash")
            }
        }
        let carts = try Row.fetchAll(database, sql: "SELECT * FROM cart WHERE \(unfinished)")
        for row in carts {
            _ = try DeviceCartRows(database, cart: CartRecord(row: row).cart)
        }
    }

    /// Where the trip's name is lost, its scans must not be left in a cart that nobody shows.
    private static func keepCurrent(
        _ operations: [Row], _ records: [CartID: CartRecord], _ fresh: Database
    ) throws {
        let known = try String.fetchOne(
            fresh, sql: "SELECT value FROM meta WHERE key = ?", arguments: [currentKey])
        guard known == nil, let last = try operations.last?.cartID("cart"),
            records[last]?.state == .open || records[last]?.state == .closing
        else { return }
        try setMeta(fresh, currentKey, last.text)
    }

    private static func isWhole(_ row: Row) -> Bool {
        guard let operation = try? CartOperation(row: row),
            let hash: LogHash = try? row.identifier("hash")
        else { return false }
        return operation.hash == hash
    }

    /// A cart whose own row is lost: all that counts stands in its operations.
    private static func rebuilt(
        _ cart: CartID, device: DeviceID, _ fresh: Database, _ world: World
    ) throws -> CartRecord {
        let installation = try String.fetchOne(
            fresh, sql: "SELECT value FROM meta WHERE key = ?", arguments: [deviceKey])
        return CartRecord(
            cart: cart, device: device, state: .open, incarnation: Incarnation(0),
            lastSequence: 0, ackedSequence: 0, cursor: nil, movedTo: nil,
            isGuest: installation != device.text, isRegistered: false, grant: nil,
            mustReissue: true, createdAt: world.now())
    }

    private static func renewed(_ record: CartRecord, _ world: World) -> CartRecord {
        var record = record
        record.incarnation = Incarnation(world.newUInt64())
        record.lastSequence = 0
        record.ackedSequence = 0
        record.cursor = nil
        record.mustReissue = true
        return record
    }

    private static func readable(
        _ db: Database, _ table: String, keep: (Row) -> Bool
    ) throws -> [Row] {
        try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY rowid").filter(keep)
    }
}
