import GRDB
import ToteBarcodes
import ToteCarts
import ToteStorage
import ToteValues

/// Pieces with a serial number that settled carts have paid (EXP-5): the same piece is not sold
/// twice. It follows from the settled sets, and could be made from them again.
enum SoldSerials {
    static let step = SchemaStep(
        identifier: "carts.3-serials",
        sql: """
            CREATE TABLE soldSerial (
                gtin TEXT NOT NULL,
                serial TEXT NOT NULL,
                cart BLOB NOT NULL REFERENCES cart (cart),
                PRIMARY KEY (gtin, serial, cart)
            ) STRICT, WITHOUT ROWID;
            """)

    /// Notes what a settled cart has paid.
    static func note(_ db: Database, _ cart: Cart) throws {
        for (_, state) in cart.paidDots {
            guard let serial = state.scan.flatMap(serial) else { continue }
            try db.execute(
                sql: "INSERT OR IGNORE INTO soldSerial (gtin, serial, cart) VALUES (?, ?, ?)",
                arguments: [serial.gtin.text, serial.serial, cart.id.blob])
        }
    }

    /// - Parameter cart: where the scan belongs; its own settlement is no other sale.
    static func isSold(_ db: Database, _ scan: ScanBody, except cart: CartID) throws -> Bool {
        guard let serial = serial(scan) else { return false }
        return try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT 1 FROM soldSerial WHERE gtin = ? AND serial = ? AND cart <> ?"),
            arguments: [serial.gtin.text, serial.serial, cart.blob]) ?? false
    }

    /// The shortest code with a serial number is longer than any plain article number.
    private static let plainBytes = 14

    private static func serial(_ scan: ScanBody) -> ItemSerial? {
        guard scan.code.utf8.count > plainBytes,
            let input = ScanInput(cartCode: scan.code, symbology: scan.symbology)
        else { return nil }
        // Rules and the day matter for prices and dates alone.
        return try? interpret(
            input, rules: StoreRules(store: 0, currency: .euro),
            today: CalendarDay(daysSince1970: 0)
        ).itemSerial
    }
}
