import FoundationEssentials
import GRDB
import ToteCarts
package import TotePayments
package import ToteValues

/// One settlement as it lies in the store.
package struct PaymentRecord: Sendable {
    package var settlement: Settlement
    /// What the receipt will say; `nil` while nothing is planned.
    package var body: ReceiptBody?
    /// SHA-256 of the plan, to know a repeated PUT.
    package var planHash: [UInt8]?
    /// Pairwise id of the member who shops.
    package var member: [UInt8]?
    package var pointsEarned: Int64
    package var createdAt: Moment
}

/// The only SQL about settlements and receipts.
package struct SettlementStore: Sendable {
    let seal: ColumnSeal
    let world: World

    package init(seal: ColumnSeal, world: World) {
        self.seal = seal
        self.world = world
    }

    func find(_ db: Database, cart: CartID, ordinal: Int32) throws -> PaymentRecord? {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM payment WHERE cart = ? AND ordinal = ?",
            arguments: [cart.text, ordinal])
        return try row.map { try record(db, $0) }
    }

    func load(_ db: Database, _ id: SettlementID) throws -> PaymentRecord {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM payment WHERE settlement = ?", arguments: [Data(id.bytes)])
        guard let row else { throw SettlementError(.illegalTransition, "no such settlement") }
        return try record(db, row)
    }

    /// Settlements whose timer is due.
    func due(_ db: Database, at now: Moment) throws -> [SettlementID] {
        try identifiers(db, "deadline <= ?", [now.milliseconds])
    }

    /// Settlements that have not ended (ORD-4).
    func unfinished(_ db: Database) throws -> [SettlementID] {
        try identifiers(db, "state NOT IN ('captured', 'voided')", [])
    }

    private func identifiers(
        _ db: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [SettlementID] {
        let sql = "SELECT settlement FROM payment WHERE \(condition) ORDER BY createdAt"
        return try Data.fetchAll(db, sql: sql, arguments: arguments)
            .compactMap { SettlementID(bytes: $0) }
    }

    func insert(_ db: Database, _ record: PaymentRecord) throws {
        let settlement = record.settlement
        try db.execute(
            sql: """
                INSERT INTO payment
                (settlement, cart, ordinal, frozen, body, planHash, state, revision, member,
                pointsEarned, createdAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                Data(settlement.id.bytes), settlement.cart.text, settlement.ordinal,
                settlement.frozen.json.canonicalText, record.body?.json.canonicalText,
                record.planHash.map { Data($0) }, settlement.state.rawValue, settlement.revision,
                record.member.map { Data($0) }, record.pointsEarned,
                record.createdAt.milliseconds,
            ])
    }

    /// Writes the settlement as an event left it.
    func save(_ db: Database, _ settlement: Settlement) throws {
        try db.execute(
            sql: """
                UPDATE payment SET state = ?, stateBefore = ?, statusTries = ?, revision = ?,
                deadline = ? WHERE settlement = ?
                """,
            arguments: [
                settlement.state.rawValue, settlement.stateBefore?.rawValue,
                settlement.statusTries, settlement.revision, settlement.deadline?.milliseconds,
                Data(settlement.id.bytes),
            ])
        for leg in settlement.legs { try save(db, leg, of: settlement.id) }
    }

    func log(_ db: Database, _ event: SettlementEvent, of settlement: Settlement) throws {
        let text = JSONValue.object([
            "event": .string(event.name), "leg": event.leg.map { .integer(Int64($0)) },
        ])
        try db.execute(
            sql: "INSERT INTO settlementEvent VALUES (?, ?, ?, ?)",
            arguments: [
                Data(settlement.id.bytes), settlement.revision, text.canonicalText,
                world.now().milliseconds,
            ])
    }

    func send(_ db: Database, _ call: ProviderCall, of id: SettlementID) throws {
        let effect = JSONValue.object([
            "operation": .string(call.operation.name), "leg": .integer(Int64(call.leg)),
            "amount": .integer(call.amount),
        ])
        try db.execute(
            sql: """
                INSERT INTO settlementOutbox (settlement, effect, key, sentAt) VALUES (?, ?, ?, ?)
                """,
            arguments: [
                Data(id.bytes), effect.canonicalText, call.key.text, world.now().milliseconds,
            ])
    }

    func answered(_ db: Database, _ id: SettlementID) throws {
        try db.execute(
            sql: """
                UPDATE settlementOutbox SET answeredAt = ?
                WHERE settlement = ? AND answeredAt IS NULL
                """,
            arguments: [world.now().milliseconds, Data(id.bytes)])
    }
}

/// Rows of `payment` and `leg`.
extension SettlementStore {
    private func record(_ db: Database, _ row: Row) throws -> PaymentRecord {
        let frozen = try FrozenCart(json: Self.json(row["frozen"]))
        let body: String? = row["body"]
        let deadline: Int64? = row["deadline"]
        let before: String? = row["stateBefore"]
        let settlement = Settlement(
            frozen: frozen, state: try Self.value(row["state"]),
            legs: try legs(db, of: frozen.key), revision: row["revision"],
            deadline: deadline.map { Moment(milliseconds: $0) },
            stateBefore: try before.map { try Self.value($0) }, statusTries: row["statusTries"])
        return PaymentRecord(
            settlement: settlement, body: try body.map { try ReceiptBody(json: Self.json($0)) },
            planHash: (row["planHash"] as Data?).map { Array($0) },
            member: (row["member"] as Data?).map { Array($0) },
            pointsEarned: row["pointsEarned"], createdAt: Moment(milliseconds: row["createdAt"]))
    }

    static func json(_ text: String) throws -> JSONField {
        JSONField(try StrictJSON.parse(Array(text.utf8), limits: .document))
    }

    static func value<Value: RawRepresentable>(
        _ text: String
    ) throws -> Value where Value.RawValue == String {
        guard let value = Value(rawValue: text) else {
            throw JSONReadError(code: .invalid, pointer: "/state")
        }
        return value
    }

    private func legs(_ db: Database, of id: SettlementID) throws -> [Leg] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM leg WHERE settlement = ? ORDER BY number",
            arguments: [Data(id.bytes)]
        ).map { try leg($0, of: id) }
    }

    private func leg(_ row: Row, of id: SettlementID) throws -> Leg {
        let number: Int = row["number"]
        let declined: String? = row["declined"]
        return Leg(
            number: number, tender: TenderKind(name: row["kind"]),
            source: row["balance"] ?? openToken(row["tokenSealed"], of: id, leg: number),
            planned: row["planned"], authorised: row["authorised"], captured: row["captured"],
            refunded: row["refunded"], state: try Self.value(row["state"]),
            attempt: row["attempt"], authorisation: authorisation(row),
            declineReason: try declined.map { try Self.value($0) }, shopperURL: row["url"])
    }

    private func authorisation(_ row: Row) -> Authorisation? {
        let reference: String? = row["reference"]
        let granted: Int64? = row["granted"]
        guard let reference, let granted else { return nil }
        let expiresAt: Int64? = row["expiresAt"]
        return Authorisation(
            amount: granted, reference: reference,
            expiresAt: expiresAt.map { Moment(milliseconds: $0) }, brand: row["brand"],
            last4: row["last4"])
    }

    private func openToken(_ sealed: Data?, of id: SettlementID, leg: Int) -> String? {
        guard let sealed else { return nil }
        let opened = seal.open(
            Array(sealed), table: "leg", column: "tokenSealed", row: "\(id.text)/\(leg)")
        return opened.map { String(decoding: $0, as: UTF8.self) }
    }

    private func save(_ db: Database, _ leg: Leg, of id: SettlementID) throws {
        let token = leg.isInternal ? nil : leg.source
        let sealed = try token.map { token in
            try seal.seal(
                Array(token.utf8), table: "leg", column: "tokenSealed",
                row: "\(id.text)/\(leg.number)", nonce: world.randomBytes(12))
        }
        try db.execute(
            sql: "INSERT OR REPLACE INTO leg VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            arguments: [
                Data(id.bytes), leg.number, leg.tender.name, leg.isInternal ? leg.source : nil,
                sealed.map { Data($0) }, leg.planned, leg.authorised, leg.captured, leg.refunded,
                leg.state.rawValue, leg.attempt, leg.authorisation?.reference,
                leg.authorisation?.amount, leg.authorisation?.brand, leg.authorisation?.last4,
                leg.authorisation?.expiresAt?.milliseconds, leg.declineReason?.rawValue,
                leg.shopperURL,
            ])
    }
}
