public import ToteStorage

extension CartStore {
    /// The device's tables (`cart-sync.md` section 3); a merged step never changes.
    public static let steps = [SchemaStep(identifier: "carts.1-log", sql: cartTables)]
}

/// Identifiers are blobs of their bytes, moments Unix milliseconds, bodies canonical JSON.
private let cartTables = """
    CREATE TABLE meta (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT;

    -- One row a trip. No cursor (NULL epoch) asks the store for everything.
    CREATE TABLE cart (
        cart BLOB PRIMARY KEY CHECK (length(cart) = 16),
        device BLOB NOT NULL CHECK (length(device) = 16),
        state TEXT NOT NULL CHECK (state IN ('open', 'closing', 'paid', 'moved', 'abandoned')),
        incarnation BLOB NOT NULL CHECK (length(incarnation) = 8),
        lastSequence INTEGER NOT NULL DEFAULT 0,
        ackedSequence INTEGER NOT NULL DEFAULT 0 CHECK (ackedSequence >= 0),
        epoch BLOB CHECK (length(epoch) = 8),
        revision INTEGER NOT NULL DEFAULT 0,
        hash BLOB CHECK (length(hash) = 16),
        movedTo BLOB CHECK (length(movedTo) = 16),
        guest INTEGER NOT NULL CHECK (guest IN (0, 1)),
        -- The store knows the cart; a guest's grant came with its answer.
        registered INTEGER NOT NULL DEFAULT 0 CHECK (registered IN (0, 1)),
        grantText TEXT,
        -- Old streams wait for a whole pull, then what the store lacks is issued anew (SYNC-31).
        reissue INTEGER NOT NULL DEFAULT 0 CHECK (reissue IN (0, 1)),
        createdAt INTEGER NOT NULL,
        CHECK (ackedSequence <= lastSequence),
        CHECK ((epoch IS NULL) = (hash IS NULL))
    ) STRICT;

    -- What this device did, kept until a verified receipt covers it (SYNC-24).
    CREATE TABLE ownOperation (
        cart BLOB NOT NULL,
        device BLOB NOT NULL CHECK (length(device) = 16),
        incarnation BLOB NOT NULL CHECK (length(incarnation) = 8),
        sequence INTEGER NOT NULL CHECK (sequence > 0),
        hash BLOB NOT NULL CHECK (length(hash) = 16),
        body BLOB NOT NULL,
        -- On the first of the operations that one intent of the host became.
        intent BLOB CHECK (length(intent) = 16),
        intentOperations INTEGER NOT NULL DEFAULT 1,
        -- What stood here before it was refused and became a skip (SYNC-26).
        refusedBody BLOB,
        committedAt INTEGER NOT NULL,
        PRIMARY KEY (cart, incarnation, sequence)
    ) STRICT;
    CREATE UNIQUE INDEX ownOperationByIntent ON ownOperation (cart, intent)
        WHERE intent IS NOT NULL;

    -- The store's log as far as it was pulled. No body: it is an own operation.
    CREATE TABLE storeEntry (
        cart BLOB NOT NULL,
        revision INTEGER NOT NULL CHECK (revision > 0),
        device BLOB NOT NULL,
        incarnation BLOB NOT NULL,
        sequence INTEGER NOT NULL,
        hash BLOB NOT NULL CHECK (length(hash) = 16),
        disposition INTEGER NOT NULL CHECK (disposition BETWEEN 0 AND 7),
        role INTEGER NOT NULL CHECK (role BETWEEN 0 AND 3),
        priceLock INTEGER NOT NULL,
        body BLOB,
        PRIMARY KEY (cart, revision)
    ) STRICT, WITHOUT ROWID;

    -- Written before the close is sent, so that a crash repeats the same close.
    CREATE TABLE pendingClose (
        closeId BLOB PRIMARY KEY CHECK (length(closeId) = 16),
        cart BLOB NOT NULL,
        ordinal INTEGER NOT NULL CHECK (ordinal > 0),
        key BLOB NOT NULL CHECK (length(key) = 16),
        cursor TEXT NOT NULL,
        at INTEGER NOT NULL,
        confirmedSet TEXT NOT NULL,
        totalMinor INTEGER NOT NULL,
        currency TEXT NOT NULL,
        quoteHash BLOB NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('sent', 'closed', 'refused', 'settled'))
    ) STRICT;
    CREATE INDEX pendingCloseByCart ON pendingClose (cart, ordinal);

    CREATE TABLE receipt (
        cart BLOB NOT NULL,
        ordinal INTEGER NOT NULL CHECK (ordinal > 0),
        body BLOB NOT NULL,
        signature BLOB NOT NULL,
        verifiedAt INTEGER NOT NULL,
        PRIMARY KEY (cart, ordinal)
    ) STRICT;
    """
