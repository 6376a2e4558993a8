import Crypto
import FoundationEssentials
import GRDB
import ToteExits
import TotePayments
import ToteValues

/// The store's receipts: gapless and chained (RCP-3).
enum ReceiptStore {
    /// Signs and stores the next receipt. Called in the transaction that captures (row 12), so a
    /// failure leaves neither a gap nor a receipt without its payment.
    static func issue(
        _ db: Database, _ record: PaymentRecord, keys: StoreKeys, at now: Moment
    ) throws -> SignedReceipt {
        guard let body = record.body else {
            throw SettlementError(.illegalTransition, "nothing is planned")
        }
        let last = try Row.fetchOne(
            db, sql: "SELECT sequence, id FROM receipt ORDER BY sequence DESC LIMIT 1")
        let (number, key) = try keys.current(.receipt, at: now)
        let receipt = Receipt(
            store: keys.store, sequence: (last?["sequence"] ?? 0) + 1,
            previous: (last?["id"] as Data?).map { Array($0) } ?? [UInt8](repeating: 0, count: 32),
            issuedAt: Moment(unixSeconds: now.unixSeconds), key: number, body: body,
            tenders: record.settlement.legs.filter { $0.captured > $0.refunded }.map(tender))
        let signed = try SignedReceipt(signing: receipt, with: key)
        try db.execute(
            sql: "INSERT INTO receipt VALUES (?, ?, ?, ?, ?)",
            arguments: [
                receipt.sequence, Data(signed.receiptID), Data(record.settlement.id.bytes),
                receipt.json.canonicalText, Data(signed.signature),
            ])
        return signed
    }

    /// Takes a receipt back that a backup lost, under its own number.
    /// - Returns: `nil` when another has that number meanwhile.
    static func restore(
        _ db: Database, _ signed: SignedReceipt, of id: SettlementID
    ) throws -> SignedReceipt? {
        let receipt = signed.receipt
        try db.execute(
            sql: "INSERT OR IGNORE INTO receipt VALUES (?, ?, ?, ?, ?)",
            arguments: [
                receipt.sequence, Data(signed.receiptID), Data(id.bytes),
                receipt.json.canonicalText, Data(signed.signature),
            ])
        return db.changesCount == 1 ? signed : nil
    }

    static func receipt(_ db: Database, of id: SettlementID) throws -> SignedReceipt? {
        try one(db, "settlement = ?", [Data(id.bytes)])
    }

    static func receipt(_ db: Database, sequence: Int64) throws -> SignedReceipt? {
        try one(db, "sequence = ?", [sequence])
    }

    private static func one(
        _ db: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> SignedReceipt? {
        let row = try Row.fetchOne(
            db, sql: "SELECT body, signature FROM receipt WHERE \(condition)",
            arguments: arguments)
        guard let row else { return nil }
        return SignedReceipt(
            receipt: try Receipt(json: SettlementStore.json(row["body"])),
            signature: Array(row["signature"] as Data))
    }

    /// An internal balance is named by its number; points and credit only by their kind, for a
    /// receipt names no member (RCP-5).
    private static func tender(_ leg: Leg) -> ReceiptTender {
        ReceiptTender(
            leg: leg.number, kind: leg.tender, amount: leg.captured - leg.refunded,
            reference: leg.authorisation?.reference ?? leg.tender.name,
            brand: leg.authorisation?.brand, last4: leg.authorisation?.last4)
    }
}
