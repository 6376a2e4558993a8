import ToteStorage
public import ToteValues

/// What a device keeps of its sign-in.
public struct StoredTokens: Hashable, Sendable {
    public var tokens: TokenAnswer
    /// Persisted before a refresh is sent (TOK-7); `nil` when none is under way.
    public var retryKey: String?

    public init(tokens: TokenAnswer, retryKey: String? = nil) {
        self.tokens = tokens
        self.retryKey = retryKey
    }
}

/// Device key and tokens in one file that only its owner reads (0600, in `fileMode` protection:
/// KEY-1). Written beside and renamed, so that a crash leaves the old or the new.
public struct TokenStore: Sendable {
    public static let fileName = "tokens.json"

    /// What the file holds.
    public struct Contents: Sendable {
        public var deviceKey: DeviceKey
        /// `nil` for a guest.
        public var signedIn: StoredTokens?
        /// Keys of single trips: each guest trip draws its own (GUEST-1), and a trip that outlives
        /// its sign-in keeps the key that began it (GUEST-3).
        public var tripKeys: [CartID: DeviceKey]

        public init(
            deviceKey: DeviceKey, signedIn: StoredTokens? = nil,
            tripKeys: [CartID: DeviceKey] = [:]
        ) {
            self.deviceKey = deviceKey
            self.signedIn = signedIn
            self.tripKeys = tripKeys
        }
    }

    private let path: String

    /// - Parameter folder: Tote's home; it must exist.
    public init(folder: String) { path = folder + "/" + Self.fileName }

    /// `nil` when there is no file yet.
    /// - Throws: `vaultUnsafe` for a file that others can read, `tokenFileMalformed`, `storage`.
    public func load() throws(MemberError) -> Contents? {
        let bytes: [UInt8]?
        do { bytes = try PrivateFile.read(path) } catch { throw MemberError(error) }
        guard let bytes else { return nil }
        do {
            return try Contents(json: JSONField(try StrictJSON.parse(bytes)))
        } catch {
            throw MemberError(
                code: .tokenFileMalformed, message: "The token file does not read.",
                mend: "Move it away and sign in again: tote login")
        }
    }

    /// Replaces the whole file.
    public func save(_ contents: Contents) throws(MemberError) {
        do {
            try PrivateFile.write(contents.json.canonical, to: path)
        } catch { throw MemberError(error) }
    }

    /// Forgets tokens and key (TOK-9): a new key takes the place of the old one. The old one
    /// stays with the trip that it began, which goes on as a guest's (GUEST-3).
    /// - Parameter trip: the running trip, if there is one.
    public func wipe(keeping trip: CartID? = nil, world: World) throws(MemberError) {
        let old = try load()
        var keys = old?.tripKeys ?? [:]
        if let trip, keys[trip] == nil { keys[trip] = old?.deviceKey }
        try save(Contents(deviceKey: DeviceKey.make(world: world), tripKeys: keys))
    }
}

/// One key of `TokenStore.Contents.tripKeys` in the file.
private struct TripKey: JSONReadable {
    static let largestCount = 64

    let cart: CartID
    let key: DeviceKey

    init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        cart = try reader.required("cart").parsed { CartID(text: $0) }
        key = try reader.required("key").parsed { text in
            Base64URL.decode(text).flatMap { try? DeviceKey(rawRepresentation: $0) }
        }
    }

    /// Oldest first; more than a file should hold go, oldest first.
    static func json(_ keys: [CartID: DeviceKey]) -> JSONValue? {
        let newest = keys.sorted { $0.key.text < $1.key.text }.suffix(largestCount)
        guard !newest.isEmpty else { return nil }
        return .array(
            newest.map { cart, key in
                .object([
                    "cart": .string(cart.text),
                    "key": .string(Base64URL.encode(key.rawRepresentation)),
                ])
            })
    }
}

extension TokenStore.Contents: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "deviceKey": .string(Base64URL.encode(deviceKey.rawRepresentation)),
            "tokens": signedIn?.tokens.json,
            "retryKey": signedIn?.retryKey.map { .string($0) },
            "tripKeys": TripKey.json(tripKeys),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let keyField = try reader.required("deviceKey")
        let raw = try keyField.parsed { Base64URL.decode($0) }
        guard let key = try? DeviceKey(rawRepresentation: raw) else {
            throw keyField.failure(.invalid)
        }
        deviceKey = key
        let retryKey = try reader.optional("retryKey")?.string(maxBytes: 64)
        signedIn = try reader.optional("tokens").map { (field) throws(JSONReadError) in
            StoredTokens(tokens: try field.read(TokenAnswer.self), retryKey: retryKey)
        }
        let keys = try reader.optional("tripKeys")?.readArray(TripKey.self) ?? []
        tripKeys = Dictionary(keys.map { ($0.cart, $0.key) }, uniquingKeysWith: { $1 })
    }
}

extension MemberError {
    init(_ error: StorageError) {
        let unsafe = error.code == .unsafeMode
        self.init(
            code: unsafe ? .vaultUnsafe : .storage, message: error.message, mend: error.mend)
    }
}
