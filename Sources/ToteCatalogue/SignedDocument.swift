public import Crypto
public import ToteValues

/// A document and the Ed25519 signature over `tote/<kind>/1`, a zero byte and its bytes. The wire
/// form carries the very text that was signed, so that no parser stands before the check.
public struct SignedDocument: Hashable, Sendable {
    public enum Kind: String, Sendable {
        case catalogue, priceBook = "price-book"
    }

    /// Canonical JSON.
    public var body: [UInt8]
    /// Number of the key in the store's signed key set.
    public var key: Int
    /// 64 bytes.
    public var signature: [UInt8]

    /// A signed document is one long text, so the usual limit of a text does not hold.
    public static let limits = StrictJSON.Limits(
        bytes: 128 << 20, values: 4_000_000, stringBytes: 128 << 20)

    public init(body: [UInt8], key: Int, signature: [UInt8]) {
        self.body = body
        self.key = key
        self.signature = signature
    }

    /// The bytes a signature is made over.
    public static func signedBytes(_ body: [UInt8], kind: Kind) -> [UInt8] {
        signatureDomain(kind.rawValue) + body
    }

    /// - Throws: `unknownKey` when the key set has no such number, `badSignature`.
    public func verify(
        kind: Kind, keys: [Int: Curve25519.Signing.PublicKey]
    ) throws(CatalogueError) {
        guard let publicKey = keys[key] else {
            throw CatalogueError(
                .unknownKey, "the \(kind.rawValue) is signed by the unknown key \(key)",
                mend: "Fetch the store's key set again.")
        }
        let signed = Self.signedBytes(body, kind: kind)
        guard publicKey.isValidSignature(signature, for: signed) else {
            throw CatalogueError(
                .badSignature, "the signature of the \(kind.rawValue) is wrong",
                mend: "The old one stays in force; tell the store.")
        }
    }

    /// The value in the body; call `verify` first.
    /// - Throws: `badDocument`.
    func read<Value: JSONReadable>(
        _ type: Value.Type, kind: Kind
    ) throws(CatalogueError) -> Value {
        let value: JSONValue
        do throws(StrictJSONError) {
            value = try StrictJSON.parse(body, limits: .document)
        } catch {
            throw .document(kind.rawValue, error)
        }
        do throws(JSONReadError) {
            return try Value(json: JSONField(value))
        } catch {
            throw .document(kind.rawValue, error)
        }
    }
}

extension SignedDocument: JSONReadable, JSONWritable {
    public init(json: JSONField) throws(JSONReadError) {
        var object = try json.object()
        body = Array(try object.required("document").string(maxBytes: Self.limits.bytes).utf8)
        key = try object.required("key").count(in: 0...Int(UInt16.max))
        signature = try object.required("signature").parsed { Hex.decode($0) }
        try object.finish()
    }

    public var json: JSONValue {
        .object([
            "document": .string(String(decoding: body, as: UTF8.self)),
            "key": .integer(Int64(key)), "signature": .string(Hex.encode(signature)),
        ])
    }
}

/// The store's public keys by number, from its signed key set.
public struct DocumentKeys: Sendable {
    public var catalogue: [Int: Curve25519.Signing.PublicKey]
    public var priceBook: [Int: Curve25519.Signing.PublicKey]

    public init(
        catalogue: [Int: Curve25519.Signing.PublicKey],
        priceBook: [Int: Curve25519.Signing.PublicKey]
    ) {
        self.catalogue = catalogue
        self.priceBook = priceBook
    }
}
