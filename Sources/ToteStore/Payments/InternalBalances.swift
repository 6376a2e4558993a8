import FoundationEssentials
package import GRDB
package import TotePayments
import ToteValues

/// Gift cards, store credit and points: balances that the store itself keeps. What is reserved is
/// no longer available, and neither balance nor availability falls below 0 (INV-11, ORD-3).
package enum InternalBalances {
    /// The programme whose points are burnt.
    static let programme = "tote"
    /// A point pays one minor unit (choice; `payments.md` Example F).
    package static let minorPerPoint: Int64 = 1
    /// ORD-2.
    static let reservationSeconds: Int64 = 30 * 60

    /// The account that a tender draws on; `nil` for a kind that has none, or without owner.
    package static func account(
        _ kind: TenderKind, number: String?, member: [UInt8]?
    ) -> String? {
        switch kind {
        case .giftCard: number.map { "giftCard:\($0)" }
        case .points: member.map { pointsAccount($0) }
        case .storeCredit: member.map { "storeCredit:member:\(Hex.encode($0))" }
        default: nil
        }
    }

    package static func pointsAccount(_ member: [UInt8]) -> String {
        "points:member:\(Hex.encode(member))"
    }

    /// Balance less pending reservations, in the account's unit; `nil` for no such account, or
    /// another member's.
    package static func available(
        _ db: Database, _ account: String, member: [UInt8]?
    ) throws -> Int64? {
        try Int64.fetchOne(
            db,
            sql: """
                SELECT balance - (SELECT coalesce(sum(amount), 0) FROM reservation
                    WHERE account = account.id AND state = 'pending')
                FROM account WHERE id = ? AND (member IS NULL OR member = ?)
                """,
            arguments: [account, member.map { Data($0) }])
    }

    /// Points that a member can burn now.
    package static func points(_ db: Database, member: [UInt8]) throws -> Int64 {
        try available(db, pointsAccount(member), member: member) ?? 0
    }

    /// Opens an account, or leaves it as it is.
    package static func open(
        _ db: Database, _ account: String, unit: String, balance: Int64, member: [UInt8]?
    ) throws {
        try db.execute(
            sql: "INSERT OR IGNORE INTO account VALUES (?, ?, ?, ?)",
            arguments: [account, unit, balance, member.map { Data($0) }])
    }

    /// Sets money aside for a leg; `false` when there is not that much.
    static func reserve(
        _ db: Database, leg: Leg, of id: SettlementID, member: [UInt8]?, at now: Moment
    ) throws -> Bool {
        guard let account = account(leg.tender, number: leg.source, member: member),
            let available = try available(db, account, member: member), available >= leg.planned
        else { return false }
        try db.execute(
            sql: """
                INSERT INTO reservation (settlement, leg, account, amount, unit, state, expiresAt)
                SELECT ?, ?, id, ?, unit, 'pending', ? FROM account WHERE id = ?
                """,
            arguments: [
                Data(id.bytes), leg.number, leg.planned,
                now.adding(seconds: reservationSeconds).milliseconds, account,
            ])
        return true
    }

    static func release(_ db: Database, leg: Int, of id: SettlementID) throws {
        try db.execute(
            sql: """
                UPDATE reservation SET state = 'released'
                WHERE settlement = ? AND leg = ? AND state = 'pending'
                """,
            arguments: [Data(id.bytes), leg])
    }

    /// Takes what was reserved. A reservation resolves at most once.
    /// - Throws: `illegalTransition` when nothing is pending.
    static func post(_ db: Database, leg: Int, of id: SettlementID) throws {
        let arguments: StatementArguments = [Data(id.bytes), leg]
        try db.execute(
            sql: """
                UPDATE account SET balance = balance - (SELECT amount FROM reservation
                    WHERE settlement = ? AND leg = ? AND state = 'pending')
                WHERE id = (SELECT account FROM reservation
                    WHERE settlement = ? AND leg = ? AND state = 'pending')
                """, arguments: arguments + arguments)
        guard db.changesCount == 1 else {
            throw SettlementError(.illegalTransition, "leg \(leg) has no reservation")
        }
        try db.execute(
            sql: "UPDATE reservation SET state = 'posted' WHERE settlement = ? AND leg = ?",
            arguments: arguments)
    }

    /// Adds earned points; called once a receipt, in the transaction that issues it (OFF-121).
    static func earn(_ db: Database, points: Int64, member: [UInt8]) throws {
        let account = pointsAccount(member)
        try open(db, account, unit: "points:\(programme)", balance: 0, member: member)
        try db.execute(
            sql: "UPDATE account SET balance = balance + ? WHERE id = ?",
            arguments: [points, account])
    }
}
