import GRDB
import ToteCarts
import ToteSync
import ToteValues

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where the units of one scan are.
enum DotRow {
    static func fetch(_ db: Database, _ cart: CartID, _ dot: Dot) throws -> DotState? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT * FROM dot
                    WHERE cart = ? AND device = ? AND incarnation = ? AND sequence = ?
                    """), arguments: key(cart, dot))
        return try row.map(state)
    }

    static func save(_ db: Database, _ cart: CartID, _ dot: Dot, _ state: DotState) throws {
        let scan = state.scan?.json.canonical.blob
        try db.cachedStatement(sql: saving).execute(
            arguments: key(cart, dot) + [
                scan, state.scan == nil ? nil : state.units, state.voided, state.frozen,
                state.paid, state.carried, state.rejected, state.refundRequested,
                state.priceLock, state.hold,
            ])
    }

    static func key(_ cart: CartID, _ dot: Dot) -> StatementArguments {
        [
            cart.blob, dot.device.blob, dot.incarnation.blob, Int64(clamping: dot.sequence),
        ]
    }

    private static func state(_ row: Row) throws -> DotState {
        var state = DotState()
        if !row.isNull("units") {
            let value = try StrictJSON.parse(try row.bytes("scan"))
            state.scan = try ScanBody(json: JSONField(value))
            state.units = Int(try row.number("units"))
        }
        state.voided = Int(try row.number("voided"))
        state.frozen = Int(try row.number("frozen"))
        state.paid = Int(try row.number("paid"))
        state.carried = Int(try row.number("carried"))
        state.rejected = Int(try row.number("rejected"))
        state.refundRequested = Int(try row.number("refundRequested"))
        state.priceLock = try row.number("priceLock")
        state.hold = row["hold"]
        return state
    }

    private static let saving = """
        INSERT OR REPLACE INTO dot (cart, device, incarnation, sequence, scan, units, voided,
            frozen, paid, carried, rejected, refundRequested, priceLock, hold)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
}

/// How far a device's stream has come; 0 before its first operation.
enum StreamRow {
    static func last(
        _ db: Database, _ cart: CartID, _ stream: ToteValues.Stream
    ) throws -> UInt64 {
        let last = try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT lastSequence FROM stream
                    WHERE cart = ? AND device = ? AND incarnation = ?
                    """),
            arguments: [cart.blob, stream.device.blob, stream.incarnation.blob])
        return UInt64(clamping: last ?? 0)
    }

    static func save(
        _ db: Database, _ cart: CartID, _ stream: ToteValues.Stream, last: UInt64, at now: Moment
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO stream (cart, device, incarnation, lastSequence,
                    lastContactAt) VALUES (?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            cart.blob, stream.device.blob, stream.incarnation.blob, Int64(clamping: last),
            now.milliseconds,
        ])
    }

    static func all(
        _ db: Database, _ cart: CartID
    ) throws -> [(ToteValues.Stream, last: UInt64)] {
        try Row.fetchAll(
            db, sql: "SELECT device, incarnation, lastSequence FROM stream WHERE cart = ?",
            arguments: [cart.blob]
        ).map { row in
            (
                Stream(
                    device: try row.identifier("device"),
                    incarnation: try row.identifier("incarnation")),
                UInt64(clamping: try row.number("lastSequence"))
            )
        }
    }

    /// Devices and streams of a cart, the store's own left out.
    static func count(
        _ db: Database, _ cart: CartID, otherThan device: DeviceID
    ) throws -> StreamCount {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(DISTINCT device) FILTER (WHERE device <> ?) AS devices,
                    count(*) AS streams
                FROM stream WHERE cart = ? AND device <> ?
                """, arguments: [device.blob, cart.blob, DeviceID.store.blob])
        return StreamCount(devices: row?["devices"] ?? 0, streams: row?["streams"] ?? 0)
    }
}

/// Clips, declines, and what undid them.
enum ClipRow {
    /// What the operation needs to know.
    static func fetch(
        _ db: Database, _ cart: CartID, _ operation: CartOperation
    ) throws -> [(Dot, ClipPlace)] {
        let rows: [Row]
        switch operation.body {
        case .clip, .decline:
            // Few a cart: all are needed to know whether a key was clipped before.
            rows = try Row.fetchAll(
                db, sql: "SELECT * FROM clip WHERE cart = ?", arguments: [cart.blob])
        case .unclip(let dot):
            rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM clip
                    WHERE cart = ? AND device = ? AND incarnation = ? AND sequence = ?
                    """, arguments: DotRow.key(cart, dot))
        default: rows = []
        }
        return try rows.map { (try $0.dot(), try place($0)) }
    }

    static func save(_ db: Database, _ cart: CartID, _ dot: Dot, _ place: ClipPlace) throws {
        let (kind, key): (String, String?) =
            switch place {
            case .clip(let key): ("clip", key)
            case .decline(let key): ("decline", key)
            case .unclipped: ("unclipped", nil)
            }
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO clip (cart, device, incarnation, sequence, kind, key)
                VALUES (?, ?, ?, ?, ?, ?)
                """, arguments: DotRow.key(cart, dot) + [kind, key])
    }

    private static func place(_ row: Row) throws -> ClipPlace {
        switch try row.text("kind", { $0 }) {
        case "clip": .clip(try row.text("key") { $0 })
        case "decline": .decline(try row.text("key") { $0 })
        default: .unclipped
        }
    }
}

/// Units asked back after they were paid.
enum RefundRow {
    static func insert(_ db: Database, _ cart: CartID, _ refund: StoreRefund) throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO refundRequest (cart, device, incarnation, sequence,
                    revision, ordinal, units, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, 'requested')
                """,
            arguments: DotRow.key(cart, refund.units.dot) + [
                refund.revision, refund.ordinal, refund.units.units,
            ])
    }
}
