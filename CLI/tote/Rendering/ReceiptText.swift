import Tote
import ToteExits
import TotePayments
import ToteValues

/// A receipt as the store signed it, as text of 42 columns (RCP-7) or as JSON.
struct ReceiptText {
    let signed: SignedReceipt

    init(_ signed: SignedReceipt) { self.signed = signed }

    /// Without the last line end.
    var text: String { String(signed.text.dropLast()) }
    var json: JSONValue { signed.json }
}

/// `tote receipt verify`: signature by the key that the key set names, then every sum (RCP-4).
struct ReceiptCheck {
    let receipt: Receipt

    static func verify(receipt bytes: [UInt8], keys keyBytes: [UInt8]) throws(TripError)
        -> ReceiptCheck
    {
        let signed = try read(SignedReceipt.self, from: bytes, what: "receipt")
        // The key file is the reader's own anchor of trust; its root signature is checked where a
        // device or gate takes a set from the network.
        let document = try read(SignedKeySet.self, from: keyBytes, what: "key set").document
        let keys = try read(GateKeySet.self, from: Array(document.utf8), what: "key set")
        guard let key = keys.publicKey(.receipt, number: signed.receipt.key) else {
            throw refusal("unknownKey", "The key set has no receipt key \(signed.receipt.key).")
        }
        do {
            try ReceiptVerification.verify(signed, key: key)
        } catch {
            throw refusal("receiptDiffers", "The receipt is not as the store signed it: \(error).")
        }
        return ReceiptCheck(receipt: signed.receipt)
    }

    private static func read<Value: JSONReadable>(
        _ type: Value.Type, from bytes: [UInt8], what: String
    ) throws(TripError) -> Value {
        do {
            return try JSONField(try StrictJSON.parse(bytes, limits: .document)).read(type)
        } catch {
            throw refusal("malformed", "The \(what) file is not the JSON of a \(what).")
        }
    }

    private static func refusal(_ code: String, _ message: String) -> TripError {
        TripError(
            code: code, kind: .data, message: message,
            mend: "Fetch receipt and keys again from the store they name.")
    }

    private var total: Money {
        Money(minor: receipt.body.totals.total, currency: receipt.body.currency)
    }

    var text: String {
        "Receipt \(receipt.sequence) of store \(receipt.store) is genuine: "
            + "\(total.currency.code) \(total.text)"
    }

    var json: JSONValue {
        .object([
            "valid": .bool(true), "sequence": .integer(receipt.sequence),
            "store": .integer(Int64(receipt.store)), "total": .integer(total.minor),
            "currency": .string(total.currency.code),
        ])
    }
}
