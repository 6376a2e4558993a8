package import ToteStorage

extension MemberAuthority {
    /// The authority's tables (members-privacy section 3). Times in Unix seconds; hashes SHA-256.
    package static let steps = [SchemaStep(identifier: "members.1-authority", sql: tables)]

    private static let tables = """
        CREATE TABLE member (
            id TEXT PRIMARY KEY,                -- random UUID text; never leaves the store
            issuer TEXT NOT NULL,               -- '' for members of the store's own authority
            subjectHash BLOB NOT NULL,          -- of the login name, or the issuer's subject
            state TEXT NOT NULL,
            tierCode INTEGER NOT NULL CHECK (tierCode BETWEEN 0 AND 15),
            tierFrom INTEGER NOT NULL,
            secretSealed BLOB NOT NULL,         -- 32 bytes; pairwise ids are derived from it
            profileSealed BLOB NOT NULL,        -- JSON: name, login
            keyId INTEGER NOT NULL,             -- of the data key that sealed the columns
            passwordSalt BLOB,
            passwordHash BLOB,                  -- scrypt; NULL: no password path
            createdAt INTEGER NOT NULL,
            UNIQUE (issuer, subjectHash)
        ) STRICT;

        CREATE TABLE deviceGrant (
            codeHash BLOB PRIMARY KEY,
            userCodeHash BLOB NOT NULL UNIQUE,
            clientId TEXT NOT NULL,
            kioskId TEXT,
            matchNumber INTEGER,
            state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'denied', 'redeemed')),
            wrongTries INTEGER NOT NULL DEFAULT 0,
            expiresAt INTEGER NOT NULL,
            intervalSeconds INTEGER NOT NULL,
            nextPollAt INTEGER NOT NULL,        -- Unix milliseconds
            memberId TEXT,                      -- who approved
            familyId TEXT                       -- what it was redeemed for
        ) STRICT;

        CREATE TABLE tokenFamily (
            id TEXT PRIMARY KEY,                -- 16 hexadecimal digits
            memberId TEXT NOT NULL REFERENCES member (id),
            clientId TEXT NOT NULL,
            jkt TEXT NOT NULL,                  -- thumbprint of the device key
            secretSealed BLOB NOT NULL,
            counter INTEGER NOT NULL CHECK (counter >= 1), -- number of the live refresh token
            retryKeyHash BLOB,                  -- Idempotency-Key of the last rotation
            rotatedAt INTEGER NOT NULL,         -- Unix milliseconds
            expiresAt INTEGER NOT NULL,
            absoluteExpiresAt INTEGER NOT NULL,
            revokedAt INTEGER,
            label TEXT NOT NULL
        ) STRICT;
        CREATE INDEX tokenFamilyByMember ON tokenFamily (memberId);

        -- Which family a refresh token belonged to, so that reuse of any old one is found.
        CREATE TABLE refreshToken (
            tokenHash BLOB PRIMARY KEY,
            familyId TEXT NOT NULL REFERENCES tokenFamily (id) ON DELETE CASCADE,
            number INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE seenProof (
            jtiHash BLOB PRIMARY KEY,
            expiresAt INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- '' in one of the hashes counts over all of that side.
        CREATE TABLE loginFailure (
            memberHash TEXT NOT NULL,
            sourceHash TEXT NOT NULL,
            count INTEGER NOT NULL,
            until INTEGER NOT NULL,
            PRIMARY KEY (memberHash, sourceHash)
        ) STRICT;

        CREATE TABLE securityEvent (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            memberId TEXT,
            familyId TEXT
        ) STRICT;

        -- The key that created a cart's stream: whoever proves it goes on with that cart.
        CREATE TABLE cartKey (
            cart BLOB NOT NULL CHECK (length(cart) = 16),
            device BLOB NOT NULL CHECK (length(device) = 16),
            jkt TEXT NOT NULL,
            isGuest INTEGER NOT NULL,
            createdAt INTEGER NOT NULL,
            PRIMARY KEY (cart, device)
        ) STRICT;
        CREATE INDEX cartKeyByKey ON cartKey (jkt, createdAt);
        """
}
