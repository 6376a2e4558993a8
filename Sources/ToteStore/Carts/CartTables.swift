package import ToteStorage

extension CartLog {
    /// The store's cart tables (`cart-sync.md` section 4); a merged step never changes. One file
    /// serves one store, so the column `store` of the chain's engine is left out.
    package static let steps = [
        SchemaStep(identifier: "carts.1-log", sql: tables),
        SchemaStep(
            identifier: "carts.2-doubt",
            sql: """
                -- When a cursor of this epoch last did not fit the log.
                ALTER TABLE cart ADD COLUMN doubtedAt INTEGER NOT NULL DEFAULT 0;
                """),
        SoldSerials.step,
    ]

    private static let tables = """
        -- Identifiers are blobs of their bytes, moments Unix milliseconds.
        CREATE TABLE cart (
            cart BLOB PRIMARY KEY CHECK (length(cart) = 16),
            revision INTEGER NOT NULL CHECK (revision >= 0),
            hash BLOB NOT NULL CHECK (length(hash) = 16),
            state TEXT NOT NULL CHECK (state IN ('open', 'closing', 'paid', 'moved', 'abandoned')),
            member TEXT,                        -- pairwise id in hexadecimal; NULL: a guest's
            ordinal INTEGER NOT NULL DEFAULT 0,
            carryTo BLOB CHECK (length(carryTo) = 16),
            movedTo BLOB CHECK (length(movedTo) = 16),
            mustReconcile INTEGER NOT NULL DEFAULT 0 CHECK (mustReconcile IN (0, 1)),
            liveUnits INTEGER NOT NULL DEFAULT 0 CHECK (liveUnits >= 0),
            touchedAt INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX cartByMember ON cart (member, state) WHERE member IS NOT NULL;

        -- The ordered log. Bodies are canonical JSON.
        CREATE TABLE operation (
            cart BLOB NOT NULL REFERENCES cart (cart),
            revision INTEGER NOT NULL CHECK (revision > 0),
            device BLOB NOT NULL CHECK (length(device) = 16),
            incarnation BLOB NOT NULL CHECK (length(incarnation) = 8),
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            hash BLOB NOT NULL CHECK (length(hash) = 16),
            logHash BLOB NOT NULL CHECK (length(logHash) = 16), -- of the log up to this entry
            kind TEXT NOT NULL,
            disposition INTEGER NOT NULL CHECK (disposition BETWEEN 0 AND 7),
            role INTEGER NOT NULL CHECK (role BETWEEN 0 AND 3),
            priceLock INTEGER NOT NULL,
            receivedAt INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (cart, revision),
            UNIQUE (cart, device, incarnation, sequence)
        ) STRICT, WITHOUT ROWID;

        -- How far each device's stream has come.
        CREATE TABLE stream (
            cart BLOB NOT NULL REFERENCES cart (cart),
            device BLOB NOT NULL,
            incarnation BLOB NOT NULL,
            lastSequence INTEGER NOT NULL CHECK (lastSequence >= 0),
            lastContactAt INTEGER NOT NULL,
            PRIMARY KEY (cart, device, incarnation)
        ) STRICT, WITHOUT ROWID;

        -- Where the units of each scan are; units NULL is a tombstone.
        CREATE TABLE dot (
            cart BLOB NOT NULL REFERENCES cart (cart),
            device BLOB NOT NULL,
            incarnation BLOB NOT NULL,
            sequence INTEGER NOT NULL,
            scan BLOB,
            units INTEGER CHECK (units > 0),
            voided INTEGER NOT NULL CHECK (voided >= 0),
            frozen INTEGER NOT NULL CHECK (frozen >= 0),
            paid INTEGER NOT NULL CHECK (paid >= 0),
            carried INTEGER NOT NULL CHECK (carried >= 0),
            rejected INTEGER NOT NULL CHECK (rejected >= 0),
            refundRequested INTEGER NOT NULL CHECK (refundRequested BETWEEN 0 AND paid),
            priceLock INTEGER NOT NULL,
            hold TEXT,
            PRIMARY KEY (cart, device, incarnation, sequence),
            CHECK (units IS NULL OR voided + frozen + paid + carried + rejected <= units),
            CHECK ((units IS NULL) = (scan IS NULL))
        ) STRICT, WITHOUT ROWID;

        -- Clips and declines by the dot that made them; key NULL: undone, perhaps before it came.
        CREATE TABLE clip (
            cart BLOB NOT NULL REFERENCES cart (cart),
            device BLOB NOT NULL,
            incarnation BLOB NOT NULL,
            sequence INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('clip', 'decline', 'unclipped')),
            key TEXT,
            PRIMARY KEY (cart, device, incarnation, sequence)
        ) STRICT, WITHOUT ROWID;

        -- One row a close; how its payment goes on is the payments' own drawer.
        CREATE TABLE settlement (
            cart BLOB NOT NULL REFERENCES cart (cart),
            ordinal INTEGER NOT NULL CHECK (ordinal > 0),
            closeId BLOB NOT NULL CHECK (length(closeId) = 16),
            requestHash BLOB NOT NULL,          -- a repeat with another body is a conflict
            cursor TEXT NOT NULL,
            closedCursor TEXT NOT NULL,         -- after the close entry, as it was answered
            setHash BLOB NOT NULL CHECK (length(setHash) = 16),
            frozen BLOB NOT NULL,               -- FrozenCart as canonical JSON
            totalMinor INTEGER NOT NULL,
            currency TEXT NOT NULL,
            at INTEGER NOT NULL,
            quoteHash BLOB NOT NULL,
            book INTEGER NOT NULL,
            engine TEXT NOT NULL,
            key BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
            state TEXT NOT NULL CHECK (state IN ('active', 'settled', 'reopened')),
            PRIMARY KEY (cart, ordinal),
            UNIQUE (cart, closeId)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX settlementActive ON settlement (cart) WHERE state = 'active';

        -- Units that were removed after they were paid; decided by payments.
        CREATE TABLE refundRequest (
            cart BLOB NOT NULL REFERENCES cart (cart),
            revision INTEGER NOT NULL,
            device BLOB NOT NULL,
            incarnation BLOB NOT NULL,
            sequence INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            units INTEGER NOT NULL CHECK (units > 0),
            state TEXT NOT NULL CHECK (state IN ('requested', 'granted', 'refused')),
            PRIMARY KEY (cart, revision, device, incarnation, sequence)
        ) STRICT, WITHOUT ROWID;
        """
}
