import GRDB
import ToteCarts
import TotePayments
import ToteStorage
import ToteValues

/// The sandbox's own tables: every call by its key, and where each authorisation stands.
enum SandboxBook {
    static let steps: [SchemaStep] = [
        SchemaStep(
            identifier: "sandbox-1",
            sql: """
                -- Every call that arrived, with its answer for ever.
                CREATE TABLE sandboxCall (
                    key TEXT PRIMARY KEY,
                    operation TEXT NOT NULL,
                    body TEXT NOT NULL,
                    outcome TEXT NOT NULL
                ) STRICT;
                -- Money set aside, by the key that asked for it; minor units.
                CREATE TABLE sandboxAuthorisation (
                    key TEXT PRIMARY KEY,
                    reference TEXT NOT NULL UNIQUE,
                    currency TEXT NOT NULL,
                    amount INTEGER NOT NULL CHECK (amount > 0),
                    captured INTEGER NOT NULL DEFAULT 0 CHECK (captured BETWEEN 0 AND amount),
                    refunded INTEGER NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND captured),
                    state TEXT NOT NULL CHECK (state IN ('waiting', 'authorised', 'voided')),
                    brand TEXT NOT NULL,
                    last4 TEXT NOT NULL,
                    expiresAt INTEGER NOT NULL
                ) STRICT;
                """),
        SchemaStep(
            identifier: "sandbox-2",
            sql: """
                -- What the store told of the purchase; NULL in rows of older stores.
                ALTER TABLE sandboxAuthorisation ADD COLUMN cart BLOB;
                ALTER TABLE sandboxAuthorisation ADD COLUMN ordinal INTEGER;
                ALTER TABLE sandboxAuthorisation ADD COLUMN leg INTEGER;
                ALTER TABLE sandboxAuthorisation ADD COLUMN kind TEXT;
                ALTER TABLE sandboxAuthorisation ADD COLUMN setHash BLOB;
                ALTER TABLE sandboxAuthorisation ADD COLUMN total INTEGER;
                CREATE INDEX sandboxByCart ON sandboxAuthorisation (cart) WHERE cart IS NOT NULL;
                """),
    ]

    struct Call {
        let operation: String
        let body: String
        let outcome: ProviderOutcome
    }

    static func call(_ db: Database, key: ProviderKey) throws -> Call? {
        let row = try Row.fetchOne(
            db, sql: "SELECT operation, body, outcome FROM sandboxCall WHERE key = ?",
            arguments: [key.text])
        guard let row else { return nil }
        return Call(
            operation: row["operation"], body: row["body"],
            outcome: try ProviderOutcome(stored: row["outcome"]))
    }

    static func record(
        _ db: Database, _ key: ProviderKey, _ operation: ProviderOperation, body: String,
        outcome: ProviderOutcome
    ) throws {
        try db.execute(
            sql: "INSERT INTO sandboxCall (key, operation, body, outcome) VALUES (?, ?, ?, ?)",
            arguments: [key.text, operation.name, body, outcome.storedText])
    }

    static func authorise(
        _ db: Database, _ request: AuthorisationRequest, card: SandboxCard, expiresAt: Moment,
        fault: SandboxFault?
    ) throws -> ProviderOutcome {
        let (key, amount) = (request.key, request.amount)
        guard amount.minor > 0 else { throw PaymentProviderError.refusedRequest("amount") }
        if case .declineWith(let reason)? = fault { return .declined(reason) }
        if let reason = card.decline { return .declined(reason) }
        var granted = amount.minor
        if case .partial(let basisPoints)? = fault {
            granted = max(1, try divide(Int128(granted) * Int128(basisPoints), 10_000, .down))
        }
        let count = try Int64.fetchOne(db, sql: "SELECT count(*) FROM sandboxAuthorisation") ?? 0
        let waits = card.needsShopper || fault == .needsShopper
        try db.execute(
            sql: """
                INSERT INTO sandboxAuthorisation
                (key, reference, currency, amount, state, brand, last4, expiresAt, cart, ordinal,
                leg, kind, setHash, total)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                key.text, "sb-\(count + 1)", amount.currency.code, granted,
                waits ? "waiting" : "authorised", card.brand, card.last4, expiresAt.milliseconds,
                request.cart.blob, request.ordinal, request.leg, request.kind.name,
                request.setHash?.blob, request.totalMinor,
            ])
        if waits { return .needsShopper(url: "https://sandbox.invalid/pay/\(key.text)") }
        return try granting(db, key: key)
    }

    static func capture(
        _ db: Database, authorisation key: ProviderKey, amount: Money
    ) throws -> ProviderOutcome {
        let row = try authorisation(db, key: key, currency: amount.currency)
        guard row["state"] == "authorised", row["captured"] == Int64(0), amount.minor > 0,
            amount.minor <= row["amount"] as Int64
        else { throw PaymentProviderError.refusedRequest("capture") }
        try db.execute(
            sql: "UPDATE sandboxAuthorisation SET captured = ? WHERE key = ?",
            arguments: [amount.minor, key.text])
        return .captured(amount.minor)
    }

    static func void(_ db: Database, authorisation key: ProviderKey) throws -> ProviderOutcome {
        let row = try authorisation(db, key: key, currency: nil)
        guard row["captured"] == Int64(0) else {
            throw PaymentProviderError.refusedRequest("void of a capture")
        }
        try db.execute(
            sql: "UPDATE sandboxAuthorisation SET state = 'voided' WHERE key = ?",
            arguments: [key.text])
        return .voided
    }

    static func refund(
        _ db: Database, authorisation key: ProviderKey, amount: Money
    ) throws -> ProviderOutcome {
        let row = try authorisation(db, key: key, currency: amount.currency)
        let left = (row["captured"] as Int64) - (row["refunded"] as Int64)
        guard amount.minor > 0, amount.minor <= left else {
            throw PaymentProviderError.refusedRequest("refund")
        }
        try db.execute(
            sql: "UPDATE sandboxAuthorisation SET refunded = refunded + ? WHERE key = ?",
            arguments: [amount.minor, key.text])
        return .refunded(amount.minor)
    }

    /// What stands open or is taken for a cart; the rest is of no concern to it.
    static func charges(_ db: Database, of cart: CartID) throws -> [ProviderCharge] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM sandboxAuthorisation WHERE cart = ?
                AND (captured > refunded OR (captured = 0 AND state <> 'voided'))
                ORDER BY ordinal, leg
                """, arguments: [cart.blob]
        ).map { row in
            let captured: Int64 = row["captured"]
            return ProviderCharge(
                ordinal: row["ordinal"], leg: row["leg"], kind: TenderKind(name: row["kind"]),
                setHash: row.isNull("setHash") ? nil : try row.identifier("setHash"),
                totalMinor: row["total"], capturedMinor: captured - (row["refunded"] as Int64),
                openMinor: captured == 0 ? row["amount"] : 0,
                authorisation: Authorisation(
                    amount: row["amount"], reference: row["reference"],
                    expiresAt: Moment(milliseconds: row["expiresAt"]), brand: row["brand"],
                    last4: row["last4"]))
        }
    }

    static func finishPage(_ db: Database, key: ProviderKey, approved: Bool) throws {
        try db.execute(
            sql: "UPDATE sandboxAuthorisation SET state = ? WHERE key = ? AND state = 'waiting'",
            arguments: [approved ? "authorised" : "voided", key.text])
        guard db.changesCount == 1 else { return }
        let outcome = approved ? try granting(db, key: key) : .declined(.notAllowed)
        try db.execute(
            sql: "UPDATE sandboxCall SET outcome = ? WHERE key = ?",
            arguments: [outcome.storedText, key.text])
    }

    static func capturedTotal(_ db: Database) throws -> Int64 {
        let sql = "SELECT coalesce(sum(captured - refunded), 0) FROM sandboxAuthorisation"
        return try Int64.fetchOne(db, sql: sql) ?? 0
    }

    private static func granting(_ db: Database, key: ProviderKey) throws -> ProviderOutcome {
        let row = try authorisation(db, key: key, currency: nil)
        return .authorised(
            Authorisation(
                amount: row["amount"], reference: row["reference"],
                expiresAt: Moment(milliseconds: row["expiresAt"]), brand: row["brand"],
                last4: row["last4"]))
    }

    private static func authorisation(
        _ db: Database, key: ProviderKey, currency: Currency?
    ) throws -> Row {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM sandboxAuthorisation WHERE key = ?", arguments: [key.text])
        guard let row, currency == nil || row["currency"] == currency?.code else {
            throw PaymentProviderError.refusedRequest("no such authorisation")
        }
        return row
    }
}

/// How an answer is kept.
extension ProviderOutcome {
    var storedText: String {
        let value: JSONValue =
            switch self {
            case .authorised(let granted):
                .object([
                    "outcome": .string("authorised"), "amount": .integer(granted.amount),
                    "reference": .string(granted.reference),
                    "expiresAt": granted.expiresAt.map { .string($0.text) },
                    "brand": granted.brand.map { .string($0) },
                    "last4": granted.last4.map { .string($0) },
                ])
            case .needsShopper(let url):
                .object(["outcome": .string("needsShopper"), "url": .string(url)])
            case .captured(let amount):
                .object(["outcome": .string("captured"), "amount": .integer(amount)])
            case .voided: .object(["outcome": .string("voided")])
            case .refunded(let amount):
                .object(["outcome": .string("refunded"), "amount": .integer(amount)])
            case .declined(let reason):
                .object(["outcome": .string("declined"), "reason": .string(reason.rawValue)])
            case .pending: .object(["outcome": .string("pending")])
            }
        return value.canonicalText
    }

    /// - Throws: `StrictJSONError`, `JSONReadError` for a row that this build did not write.
    init(stored text: String) throws {
        let json = JSONField(try StrictJSON.parse(Array(text.utf8)))
        var reader = try json.object()
        let outcome = try reader.required("outcome")
        switch try outcome.string() {
        case "authorised":
            self = .authorised(
                Authorisation(
                    amount: try reader.required("amount").integer(),
                    reference: try reader.required("reference").string(),
                    expiresAt: try reader.optional("expiresAt")?.parsed { Moment(text: $0) },
                    brand: try reader.optional("brand")?.string(),
                    last4: try reader.optional("last4")?.string()))
        case "needsShopper": self = .needsShopper(url: try reader.required("url").string())
        case "captured": self = .captured(try reader.required("amount").integer())
        case "voided": self = .voided
        case "refunded": self = .refunded(try reader.required("amount").integer())
        case "declined":
            self = .declined(
                try reader.required("reason").parsed { DeclineReason(rawValue: $0) })
        case "pending": self = .pending
        default: throw outcome.failure(.invalid)
        }
    }
}
