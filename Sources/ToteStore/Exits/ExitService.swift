import Crypto
import FoundationEssentials
import GRDB
package import ToteExits
package import ToteMessages
import TotePayments
package import ToteStorage
package import ToteValues

/// Lets out who has paid (`exits.md` section 3): decides once, issues the pass, and is asked by
/// gates that are online.
package struct ExitService: Sendable {
    /// ISS-2.
    static let maximumIssues = 20
    static let reissueSeconds: Int64 = 2 * 3600
    /// A pass with less time left than this is renewed when asked for.
    static let freshSeconds: Int64 = 120

    let database: StoreDatabase
    let carts: SettlementCarts
    let keys: StoreKeys
    let world: World

    package init(
        database: StoreDatabase, carts: SettlementCarts, keys: StoreKeys, world: World
    ) {
        self.database = database
        self.carts = carts
        self.keys = keys
        self.world = world
    }

    /// The tables of `exits.md` section 14 that a store has; times are Unix milliseconds.
    package static let steps: [SchemaStep] =
        GateConsumed.steps + [
            SchemaStep(
                identifier: "exit-1",
                sql: """
                    -- Written before the first answer, so that asking again changes nothing.
                    CREATE TABLE exitDecision (
                        trip BLOB PRIMARY KEY CHECK (length(trip) = 16),
                        receipt INTEGER NOT NULL REFERENCES receipt (sequence),
                        state TEXT NOT NULL,
                        action TEXT NOT NULL,
                        basis INTEGER NOT NULL CHECK (basis BETWEEN 0 AND 2),
                        decidedAt INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE pass (
                        passId BLOB PRIMARY KEY CHECK (length(passId) = 16),
                        trip BLOB NOT NULL UNIQUE REFERENCES exitDecision (trip),
                        issuedAt INTEGER NOT NULL,
                        issues INTEGER NOT NULL CHECK (issues BETWEEN 1 AND 20),
                        revokedAt INTEGER
                    ) STRICT, WITHOUT ROWID;
                    """)
        ]

    /// `GET /v1/carts/{id}/exit`.
    /// - Throws: `Problem` 404 for another's cart, 409 `notPaid`, `reissueLimit`.
    package func exit(cart: CartID, caller: Caller) async throws(Problem) -> ExitAnswer {
        do {
            return try await database.write { db in
                guard try carts.isOwn(db, cart, caller) else { throw Problem.unknownCart }
                return try answer(db, cart)
            }
        } catch { throw Problem(settling: error) }
    }

    /// `POST /v1/gate/consume`: may this text open the gate, once.
    package func consume(
        _ request: GateConsumeRequest
    ) async throws(Problem) -> GateAnswer {
        do {
            let now = world.now()
            let keySet = try keySet().verified(root: keys.root.publicKey, store: keys.store)
            return try await database.write { db in
                let view = GateView(
                    store: keys.store, keySet: keySet,
                    clock: GateClock(highestSeen: nil, signedTimeAt: now),
                    revoked: try Self.revoked(db))
                return GateAnswer(
                    try GateConsumed.decide(
                        db, texts: [request.text], view: view, gate: request.gate, isOnline: true,
                        now: now))
            }
        } catch { throw Problem(settling: error) }
    }

    /// `GET /v1/gate/keys` and `GET /v1/keys`.
    package func keySet() throws -> SignedKeySet { try keys.keySet(at: world.now()) }

    private func answer(_ db: Database, _ cart: CartID) throws -> ExitAnswer {
        guard let receipt = try Self.lastReceipt(db, of: cart) else { throw Problem.notPaid }
        try decide(db, cart, receipt)
        let pass = try issue(db, cart, receipt)
        let isUsed = try GateConsumed.use(db, of: pass.id) != nil
        return ExitAnswer(
            state: isUsed ? .exited : .released, pass: isUsed ? nil : pass.text,
            basis: pass.basis, pieces: pass.pieces, expiresAt: isUsed ? nil : pass.expiresAt)
    }

    /// Every captured trip passes; the draw and the policy come between here later.
    private func decide(_ db: Database, _ cart: CartID, _ receipt: SignedReceipt) throws {
        try db.execute(
            sql: "INSERT OR IGNORE INTO exitDecision VALUES (?, ?, ?, 'pass', ?, ?)",
            arguments: [
                Data(cart.bytes), receipt.receipt.sequence, ExitState.released.rawValue,
                Int(PassBasis.captured.rawValue), world.now().milliseconds,
            ])
    }

    /// The pass as last issued, or again under the same pass id (ISS-2). Signing is deterministic,
    /// so a repeat of a fresh pass is the same text.
    private func issue(
        _ db: Database, _ cart: CartID, _ receipt: SignedReceipt
    ) throws -> ExitPass {
        let now = world.now()
        let row = try Row.fetchOne(
            db, sql: "SELECT passId, issuedAt, issues FROM pass WHERE trip = ?",
            arguments: [Data(cart.bytes)])
        guard let row, let id = PassID(bytes: row["passId"] as Data) else {
            let id = PassID(world.newBytes16())
            try db.execute(
                sql: "INSERT INTO pass VALUES (?, ?, ?, 1, NULL)",
                arguments: [Data(id.bytes), Data(cart.bytes), now.milliseconds])
            return try sign(id, receipt, issuedAt: now)
        }
        let issuedAt = Moment(milliseconds: row["issuedAt"])
        let ends = issuedAt.adding(seconds: Int64(FrameKind.exitPass.defaultTTL))
        let isUsed = try GateConsumed.use(db, of: id) != nil
        if isUsed || now.adding(seconds: Self.freshSeconds) < ends {
            return try sign(id, receipt, issuedAt: issuedAt)
        }
        let lastMoment = receipt.receipt.issuedAt.adding(seconds: Self.reissueSeconds)
        guard (row["issues"] as Int) < Self.maximumIssues, now <= lastMoment else {
            throw Problem.reissueLimit
        }
        try db.execute(
            sql: "UPDATE pass SET issuedAt = ?, issues = issues + 1 WHERE trip = ?",
            arguments: [now.milliseconds, Data(cart.bytes)])
        return try sign(id, receipt, issuedAt: now)
    }

    private func sign(
        _ id: PassID, _ receipt: SignedReceipt, issuedAt: Moment
    ) throws -> ExitPass {
        let (number, key) = try keys.current(.exitPass, at: issuedAt)
        let payload = PurposePayload(
            kind: .exitPass, keyNumber: UInt8(truncatingIfNeeded: number), identifier: id.raw,
            store: keys.store, issuedAt: UInt32(clamping: issuedAt.unixSeconds),
            ttlSeconds: FrameKind.exitPass.defaultTTL, basketHash: receipt.receipt.basket,
            basis: .captured, pieces: receipt.receipt.pieces)
        guard let pass = ExitPass(try PurposeCode(signing: payload, with: key)) else {
            throw Problem.internalError
        }
        return pass
    }

    private static func lastReceipt(_ db: Database, of cart: CartID) throws -> SignedReceipt? {
        let sequence = try Int64.fetchOne(
            db,
            sql: """
                SELECT receipt.sequence FROM receipt JOIN payment USING (settlement)
                WHERE payment.cart = ? AND payment.state = 'captured'
                ORDER BY payment.ordinal DESC LIMIT 1
                """, arguments: [cart.text])
        return try sequence.flatMap { try ReceiptStore.receipt(db, sequence: $0) }
    }

    private static func revoked(_ db: Database) throws -> Set<PassID> {
        let rows = try Data.fetchAll(
            db, sql: "SELECT passId FROM pass WHERE revokedAt IS NOT NULL")
        return Set(rows.compactMap { PassID(bytes: $0) })
    }
}
