import FoundationEssentials
package import GRDB
package import ToteValues

/// What the demo shop's people can pay with: three gift cards for whoever knows their number, and
/// for each member points and one card on file.
package struct DemoBalances: Sendable {
    /// Numbers of the gift cards, 50.00, 20.00 and 5.00 in the shop's minor units.
    package static let giftCards: [(number: String, balance: Int64)] = [
        ("gc-1", 5000), ("gc-2", 2000), ("gc-3", 500),
    ]

    let tokens: TenderTokens

    package init(tokens: TenderTokens) { self.tokens = tokens }

    /// Sets up what is missing; what was spent stays spent.
    /// - Parameter members: pairwise ids and their points.
    package func seed(
        _ db: Database, currency: Currency, members: [(pairwiseID: [UInt8], points: Int64)]
    ) throws {
        for card in Self.giftCards {
            try InternalBalances.open(
                db, "giftCard:\(card.number)", unit: currency.code, balance: card.balance,
                member: nil)
        }
        for member in members {
            try InternalBalances.open(
                db, InternalBalances.pointsAccount(member.pairwiseID),
                unit: "points:\(InternalBalances.programme)", balance: member.points,
                member: member.pairwiseID)
            let owner = Hex.encode(member.pairwiseID.prefix(4))
            try tokens.add(
                db, "sb_visa_4242_\(owner)", provider: "sandbox", member: member.pairwiseID,
                brand: "visa", last4: "4242")
        }
    }
}
