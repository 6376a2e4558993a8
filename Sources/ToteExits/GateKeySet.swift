public import Crypto
public import ToteValues

/// What a published key signs. Raw values are signature domain names.
public enum KeyPurpose: Hashable, Sendable {
    case exitPass, tillHandOver, spotCheck, receipt, catalogue, priceBook
    case unknown(String)

    public static let known: [KeyPurpose] = [
        .exitPass, .tillHandOver, .spotCheck, .receipt, .catalogue, .priceBook,
    ]

    public init(name: String) {
        self = Self.known.first { $0.name == name } ?? .unknown(name)
    }

    public var name: String {
        switch self {
        case .exitPass: "exit-pass"
        case .tillHandOver: "till-hand-over"
        case .spotCheck: "spot-check"
        case .receipt: "receipt"
        case .catalogue: "catalogue"
        case .priceBook: "price-book"
        case .unknown(let name): name
        }
    }
}

/// One public key with the time in which it may sign.
public struct GateKey: Hashable, Sendable {
    public var purpose: KeyPurpose
    /// 0…255, unique per store and purpose for 400 days.
    public var number: Int
    /// 32 bytes, Ed25519.
    public var publicKey: [UInt8]
    public var notBefore: Moment
    public var notAfter: Moment

    public init(
        purpose: KeyPurpose, number: Int, publicKey: [UInt8], notBefore: Moment, notAfter: Moment
    ) {
        self.purpose = purpose
        self.number = number
        self.publicKey = publicKey
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}

/// The public keys of one store (PKEY-2). Gates take what they read with, devices the rest; only
/// what the root key has signed is believed.
public struct GateKeySet: Hashable, Sendable {
    public var store: UInt32
    /// Only grows.
    public var version: Int64
    /// The store's own time, so that a gate knows how old its set is (PKEY-5).
    public var issuedAt: Moment
    public var keys: [GateKey]

    public init(store: UInt32, version: Int64, issuedAt: Moment, keys: [GateKey]) {
        self.store = store
        self.version = version
        self.issuedAt = issuedAt
        self.keys = keys
    }

    public func key(_ purpose: KeyPurpose, number: Int) -> GateKey? {
        keys.first { $0.purpose == purpose && $0.number == number }
    }

    /// `nil` when no such key is listed or its bytes are no key.
    public func publicKey(
        _ purpose: KeyPurpose, number: Int
    ) -> Curve25519.Signing.PublicKey? {
        guard let key = key(purpose, number: number) else { return nil }
        return try? Curve25519.Signing.PublicKey(rawRepresentation: key.publicKey)
    }
}

extension GateKeySet: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "purpose": .string("key-set"), "store": .integer(Int64(store)),
            "version": .integer(version), "issuedAt": .string(issuedAt.text),
            "keys": .array(keys.map(\.json)),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let purpose = try reader.required("purpose")
        guard try purpose.string() == "key-set" else { throw purpose.failure(.invalid) }
        store = UInt32(try reader.required("store").integer(in: 0...Int64(UInt32.max)))
        version = try reader.required("version").integer(in: 1...JSONField.largestInteger)
        issuedAt = try reader.required("issuedAt").parsed { Moment(text: $0) }
        keys = try reader.required("keys").readArray(GateKey.self, maxCount: 256)
    }
}

extension GateKey: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "purpose": .string(purpose.name), "number": .integer(Int64(number)),
            "publicKey": .string(Hex.encode(publicKey)), "notBefore": .string(notBefore.text),
            "notAfter": .string(notAfter.text),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        purpose = KeyPurpose(name: try reader.required("purpose").string(maxBytes: 64))
        number = try reader.required("number").count(in: 0...255)
        publicKey = try reader.required("publicKey").parsed { text in
            Hex.decode(text).flatMap { $0.count == 32 ? $0 : nil }
        }
        notBefore = try reader.required("notBefore").parsed { Moment(text: $0) }
        notAfter = try reader.required("notAfter").parsed { Moment(text: $0) }
    }
}

/// A key set as it travels: the signed text itself, so that nothing has to be re-encoded.
public struct SignedKeySet: Hashable, Sendable {
    /// Canonical JSON of a `GateKeySet`.
    public let document: String
    /// 64 bytes, by the root key over `domain("key-set")` and the document.
    public let signature: [UInt8]

    public init(document: String, signature: [UInt8]) {
        self.document = document
        self.signature = signature
    }

    public init(signing set: GateKeySet, with root: Curve25519.Signing.PrivateKey) throws {
        document = set.json.canonicalText
        signature = Array(try root.signature(for: Self.signedBytes(document)))
    }

    /// The set, if the root key signed it and it is this store's and not older than the one held.
    /// - Throws: `KeySetError`.
    public func verified(
        root: Curve25519.Signing.PublicKey, store: UInt32?, held: GateKeySet? = nil
    ) throws(KeySetError) -> GateKeySet {
        guard root.isValidSignature(signature, for: Self.signedBytes(document)) else {
            throw .badSignature
        }
        guard let value = try? StrictJSON.parse(Array(document.utf8)),
            let set = try? GateKeySet(json: JSONField(value))
        else { throw .malformed }
        guard store == nil || set.store == store else { throw .wrongStore }
        guard set.version >= held?.version ?? 0 else { throw .older }
        return set
    }

    private static func signedBytes(_ document: String) -> [UInt8] {
        signatureDomain("key-set") + Array(document.utf8)
    }
}

/// Why a key set is not taken; the one held stays.
public enum KeySetError: String, Error, Sendable {
    case badSignature, malformed, wrongStore, older
}

extension SignedKeySet: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object(["document": .string(document), "signature": .string(Hex.encode(signature))])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        document = try reader.required("document").string(maxBytes: 65_536)
        signature = try reader.required("signature").parsed { text in
            Hex.decode(text).flatMap { $0.count == 64 ? $0 : nil }
        }
    }
}
