package import ToteStorage

extension SettlementStore {
    /// The tables of `payments.md` section 16. The frozen set itself stands in the carts' own
    /// `settlement` table; `payment` is how far its money has come. Times are Unix milliseconds,
    /// amounts minor units.
    package static let steps: [SchemaStep] = [
        SchemaStep(
            identifier: "settlement-1",
            sql: """
                CREATE TABLE payment (
                    settlement BLOB PRIMARY KEY CHECK (length(settlement) = 16),
                    cart TEXT NOT NULL,
                    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
                    frozen TEXT NOT NULL,
                    -- What the receipt will say, as quoted when the plan came; NULL without plan.
                    body TEXT,
                    planHash BLOB,
                    state TEXT NOT NULL,
                    stateBefore TEXT,
                    statusTries INTEGER NOT NULL DEFAULT 0,
                    revision INTEGER NOT NULL,
                    member BLOB,
                    pointsEarned INTEGER NOT NULL DEFAULT 0,
                    createdAt INTEGER NOT NULL,
                    deadline INTEGER,
                    UNIQUE (cart, ordinal)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX paymentDeadline ON payment (deadline) WHERE deadline IS NOT NULL;

                CREATE TABLE leg (
                    settlement BLOB NOT NULL REFERENCES payment (settlement),
                    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 20),
                    kind TEXT NOT NULL,
                    -- Number of an internal balance; tokens are in tokenSealed only.
                    balance TEXT,
                    tokenSealed BLOB,
                    planned INTEGER NOT NULL CHECK (planned > 0),
                    authorised INTEGER NOT NULL CHECK (authorised BETWEEN 0 AND planned),
                    captured INTEGER NOT NULL CHECK (captured BETWEEN 0 AND authorised),
                    refunded INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND captured),
                    state TEXT NOT NULL,
                    attempt INTEGER NOT NULL CHECK (attempt > 0),
                    -- NULL until authorised.
                    reference TEXT,
                    granted INTEGER,
                    brand TEXT,
                    last4 TEXT,
                    expiresAt INTEGER,
                    declined TEXT,
                    url TEXT,
                    PRIMARY KEY (settlement, number)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE settlementEvent (
                    settlement BLOB NOT NULL REFERENCES payment (settlement),
                    revision INTEGER NOT NULL,
                    event TEXT NOT NULL,
                    at INTEGER NOT NULL,
                    PRIMARY KEY (settlement, revision)
                ) STRICT, WITHOUT ROWID;

                -- A provider call is written here in the transaction that decides it (ORD-1).
                CREATE TABLE settlementOutbox (
                    id INTEGER PRIMARY KEY,
                    settlement BLOB NOT NULL REFERENCES payment (settlement),
                    effect TEXT NOT NULL,
                    key TEXT NOT NULL,
                    sentAt INTEGER NOT NULL,
                    answeredAt INTEGER
                ) STRICT;

                CREATE TABLE account (
                    id TEXT PRIMARY KEY,
                    -- A currency, or points:<programme>.
                    unit TEXT NOT NULL,
                    balance INTEGER NOT NULL CHECK (balance >= 0),
                    -- Whose it is; NULL for whoever has the number.
                    member BLOB
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE reservation (
                    settlement BLOB NOT NULL,
                    leg INTEGER NOT NULL,
                    account TEXT NOT NULL REFERENCES account (id),
                    amount INTEGER NOT NULL CHECK (amount > 0),
                    unit TEXT NOT NULL,
                    state TEXT NOT NULL
                        CHECK (state IN ('pending', 'posted', 'released', 'expired')),
                    expiresAt INTEGER NOT NULL,
                    PRIMARY KEY (settlement, leg)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX reservationPending ON reservation (account)
                    WHERE state = 'pending';

                CREATE TABLE tenderToken (
                    token BLOB PRIMARY KEY CHECK (length(token) = 32),
                    tokenSealed BLOB NOT NULL,
                    provider TEXT NOT NULL,
                    member BLOB NOT NULL,
                    position INTEGER NOT NULL,
                    brand TEXT NOT NULL,
                    last4 TEXT NOT NULL,
                    UNIQUE (member, position)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE receipt (
                    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
                    id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
                    settlement BLOB NOT NULL UNIQUE REFERENCES payment (settlement),
                    body TEXT NOT NULL,
                    signature BLOB NOT NULL CHECK (length(signature) = 64)
                ) STRICT;
                CREATE TRIGGER receiptStays BEFORE UPDATE ON receipt
                    BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
                CREATE TRIGGER receiptRemains BEFORE DELETE ON receipt
                    BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;

                CREATE TABLE idempotency (
                    caller TEXT NOT NULL,
                    route TEXT NOT NULL,
                    key TEXT NOT NULL,
                    bodyHash BLOB NOT NULL CHECK (length(bodyHash) = 32),
                    -- NULL while the first request runs.
                    answer TEXT,
                    at INTEGER NOT NULL,
                    PRIMARY KEY (caller, route, key)
                ) STRICT, WITHOUT ROWID;
                """)
    ]
}
