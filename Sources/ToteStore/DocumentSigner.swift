public import Crypto
import ToteCatalogue
import ToteValues

/// Signs one kind of document with one numbered key of the store.
public struct DocumentSigner: Sendable {
    public let keyNumber: Int
    public let publicKey: Curve25519.Signing.PublicKey
    /// The Ed25519 signature of the given bytes.
    public let sign: @Sendable ([UInt8]) throws -> [UInt8]

    public init(
        keyNumber: Int, publicKey: Curve25519.Signing.PublicKey,
        sign: @escaping @Sendable ([UInt8]) throws -> [UInt8]
    ) {
        self.keyNumber = keyNumber
        self.publicKey = publicKey
        self.sign = sign
    }

    public init(keyNumber: Int, privateKey: Curve25519.Signing.PrivateKey) {
        self.init(keyNumber: keyNumber, publicKey: privateKey.publicKey) { bytes in
            Array(try privateKey.signature(for: bytes))
        }
    }

    func document(
        _ value: JSONValue, kind: SignedDocument.Kind
    ) throws(CatalogueError) -> SignedDocument {
        let body = value.canonical
        do {
            let signature = try sign(SignedDocument.signedBytes(body, kind: kind))
            return SignedDocument(body: body, key: keyNumber, signature: signature)
        } catch {
            throw CatalogueError(.badSignature, "the store's key \(keyNumber) cannot sign")
        }
    }
}
