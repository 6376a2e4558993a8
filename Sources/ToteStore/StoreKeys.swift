package import Crypto
package import ToteExits
import ToteMessages
import ToteStorage
package import ToteValues

/// The private keys of a store: one a purpose (PKEY-1), the root that signs their public list, the
/// key of access tokens and the key that seals tender tokens. They lie in one file of mode 0600.
package struct StoreKeys: Sendable {
    package static let fileName = "keys.json"

    package let store: UInt32
    /// Signs the key set and nothing else.
    package let root: Curve25519.Signing.PrivateKey
    /// Signs access tokens; not in the key set, since only the store reads those.
    package let token: Curve25519.Signing.PrivateKey
    /// 32 secret bytes for tender tokens at rest (INV-14).
    package let sealKey: [UInt8]
    /// Grows with every new key.
    package let version: Int64
    let keys: [StoreKey]

    /// Reads the folder's keys; makes the missing ones and follows up those that end.
    /// - Throws: `StorageError`; `StoreKeysError` for a file that is not this store's.
    package static func open(folder: String, store: UInt32, world: World) throws -> StoreKeys {
        let path = folder + "/" + fileName
        let stored = try PrivateFile.read(path).map { try StoreKeysFile(bytes: $0) }
        guard stored?.store ?? store == store else { throw StoreKeysError.otherStore }
        let first = StoreKeysFile(
            store: store, version: 0, root: world.randomBytes(32), token: world.randomBytes(32),
            seal: world.randomBytes(32), keys: [])
        let now = Moment(unixSeconds: world.now().unixSeconds)
        let file = (stored ?? first).followedUp(at: now, world: world)
        if file != stored { try PrivateFile.write(file.json.canonical, to: path) }
        return try StoreKeys(file)
    }

    private init(_ file: StoreKeysFile) throws {
        store = file.store
        version = file.version
        root = try Curve25519.Signing.PrivateKey(rawRepresentation: file.root)
        token = try Curve25519.Signing.PrivateKey(rawRepresentation: file.token)
        sealKey = file.seal
        keys = file.keys
    }

    /// The newest key of a purpose whose time has come.
    /// - Throws: `StoreKeysError.noKey`.
    package func current(
        _ purpose: KeyPurpose, at now: Moment
    ) throws -> (number: Int, key: Curve25519.Signing.PrivateKey) {
        let valid = keys.filter { $0.purpose == purpose && $0.notBefore <= now }
        guard let newest = valid.max(by: { $0.number < $1.number }) else {
            throw StoreKeysError.noKey
        }
        return (
            newest.number, try Curve25519.Signing.PrivateKey(rawRepresentation: newest.seed)
        )
    }

    /// The public half of a key by its number, also one that signs no more; `nil` for none.
    package func publicKey(
        _ purpose: KeyPurpose, number: Int
    ) throws -> Curve25519.Signing.PublicKey? {
        guard let key = keys.first(where: { $0.purpose == purpose && $0.number == number })
        else { return nil }
        return try Curve25519.Signing.PrivateKey(rawRepresentation: key.seed).publicKey
    }

    /// What `StoreCatalogue` signs its documents with.
    package func documentSigner(_ purpose: KeyPurpose, at now: Moment) throws -> DocumentSigner {
        let (number, key) = try current(purpose, at: now)
        return DocumentSigner(keyNumber: number, privateKey: key)
    }

    /// The public keys, signed by the root (PKEY-2): `GET /v1/keys` and `GET /v1/gate/keys`.
    package func keySet(at now: Moment) throws -> SignedKeySet {
        let published = try keys.map { key in
            let secret = try Curve25519.Signing.PrivateKey(rawRepresentation: key.seed)
            return GateKey(
                purpose: key.purpose, number: key.number,
                publicKey: Array(secret.publicKey.rawRepresentation), notBefore: key.notBefore,
                notAfter: key.notAfter)
        }
        let set = GateKeySet(
            store: store, version: version, issuedAt: Moment(unixSeconds: now.unixSeconds),
            keys: published)
        return try SignedKeySet(signing: set, with: root)
    }
}

/// Why the keys cannot be used.
package enum StoreKeysError: Error, Sendable {
    /// The file is no key file; keys are never guessed or replaced.
    case malformed
    /// The folder belongs to another store number.
    case otherStore
    case noKey
}

/// One secret key with the time in which it signs.
struct StoreKey: Hashable, Sendable {
    var purpose: KeyPurpose
    var number: Int
    /// 32 secret bytes.
    var seed: [UInt8]
    var notBefore: Moment
    /// Last use, the longest life of what it signed, and a minute (PKEY-3).
    var notAfter: Moment
}

/// The key file's content.
struct StoreKeysFile: Hashable, Sendable {
    var store: UInt32
    var version: Int64
    var root: [UInt8]
    var token: [UInt8]
    var seal: [UInt8]
    var keys: [StoreKey]

    private static let graceSeconds: Int64 = 1800 + 60

    /// Days in which a key signs (PKEY-1); documents and receipts are verified for long.
    private static func days(_ purpose: KeyPurpose) -> Int64 {
        switch purpose {
        case .exitPass, .tillHandOver, .spotCheck: 30
        default: 400
        }
    }

    /// With a key in use for every purpose: a purpose whose newest key has ended gets the next.
    func followedUp(at now: Moment, world: World) -> StoreKeysFile {
        var file = self
        for purpose in KeyPurpose.known {
            let newest = keys.filter { $0.purpose == purpose }.max { $0.number < $1.number }
            if let newest, now < newest.notAfter.adding(seconds: -Self.graceSeconds) { continue }
            let seconds = Self.days(purpose) * 86_400 + Self.graceSeconds
            file.keys.append(
                StoreKey(
                    purpose: purpose, number: ((newest?.number ?? 0) + 1) % 256,
                    seed: world.randomBytes(32), notBefore: now,
                    notAfter: now.adding(seconds: seconds)))
            file.version += 1
        }
        return file
    }
}

extension StoreKeysFile: JSONWritable, JSONReadable {
    init(bytes: [UInt8]) throws {
        guard let value = try? StrictJSON.parse(bytes),
            let file = try? StoreKeysFile(json: JSONField(value))
        else { throw StoreKeysError.malformed }
        self = file
    }

    var json: JSONValue {
        .object([
            "store": .integer(Int64(store)), "version": .integer(version),
            "root": .string(Hex.encode(root)), "token": .string(Hex.encode(token)),
            "seal": .string(Hex.encode(seal)), "keys": .array(keys.map(\.json)),
        ])
    }

    init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        store = UInt32(try reader.required("store").integer(in: 0...Int64(UInt32.max)))
        version = try reader.required("version").integer(in: 0...JSONField.largestInteger)
        root = try reader.required("root").parsed(StoreKey.secret)
        token = try reader.required("token").parsed(StoreKey.secret)
        seal = try reader.required("seal").parsed(StoreKey.secret)
        keys = try reader.required("keys").readArray(StoreKey.self, maxCount: 1024)
        try reader.finish()
    }
}

extension StoreKey: JSONWritable, JSONReadable {
    static func secret(_ text: String) -> [UInt8]? {
        guard let bytes = Hex.decode(text), bytes.count == 32 else { return nil }
        return bytes
    }

    var json: JSONValue {
        .object([
            "purpose": .string(purpose.name), "number": .integer(Int64(number)),
            "seed": .string(Hex.encode(seed)), "notBefore": .string(notBefore.text),
            "notAfter": .string(notAfter.text),
        ])
    }

    init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        purpose = KeyPurpose(name: try reader.required("purpose").string(maxBytes: 64))
        number = try reader.required("number").count(in: 0...255)
        seed = try reader.required("seed").parsed(StoreKey.secret)
        notBefore = try reader.required("notBefore").parsed { Moment(text: $0) }
        notAfter = try reader.required("notAfter").parsed { Moment(text: $0) }
        try reader.finish()
    }
}
