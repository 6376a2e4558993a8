public import Crypto
public import ToteValues

/// A receipt and the store's Ed25519 signature over `domain("receipt")` and its canonical bytes
/// (RCP-2). Wire form `{receipt, signature}`.
public struct SignedReceipt: Hashable, Sendable {
    public let receipt: Receipt
    /// 64 bytes.
    public let signature: [UInt8]

    public init(receipt: Receipt, signature: [UInt8]) {
        self.receipt = receipt
        self.signature = signature
    }

    /// Signs with the receipt key.
    public init(
        signing receipt: Receipt, with key: Curve25519.Signing.PrivateKey
    ) throws {
        self.init(
            receipt: receipt, signature: Array(try key.signature(for: receipt.signedBytes)))
    }

    /// 32 bytes: SHA-256 of what is signed.
    public var receiptID: [UInt8] { receipt.receiptID }

    public func isSigned(by key: Curve25519.Signing.PublicKey) -> Bool {
        key.isValidSignature(signature, for: receipt.signedBytes)
    }
}

extension Receipt {
    /// What the signature covers.
    public var signedBytes: [UInt8] { signatureDomain("receipt") + json.canonical }

    /// 32 bytes: SHA-256 of what is signed.
    public var receiptID: [UInt8] { Array(SHA256.hash(data: signedBytes)) }
}

extension SignedReceipt: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object(["receipt": receipt.json, "signature": .string(Hex.encode(signature))])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        receipt = try reader.required("receipt").read(Receipt.self)
        signature = try reader.required("signature").parsed { text in
            Hex.decode(text).flatMap { $0.count == 64 ? $0 : nil }
        }
        try reader.finish()
    }
}
