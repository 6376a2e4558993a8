import ArgumentParser
import Tote
import ToteValues

/// `giftCard:1000,cardOnFile:rest` (SPL-1).
enum TenderPlan {
    /// All on one card: the one on file of a member, a new one of a guest.
    static func usual(_ cart: CartView) -> [TenderChoice] {
        let kind = cart.member ? "cardOnFile" : "newCard"
        return [TenderChoice(kind: kind, amountMinor: nil, reference: nil)]
    }

    /// Reads the form; which kinds a store takes is the store's word.
    static func parse(_ text: String) throws -> [TenderChoice] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let choices = try parts.map(choice)
        let rests = choices.filter { $0.amountMinor == nil }.count
        guard (1...20).contains(parts.count), rests <= 1,
            rests == 0 || choices.last?.amountMinor == nil
        else { throw wrong(text) }
        return choices
    }

    private static func choice(_ text: Substring) throws -> TenderChoice {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty,
            parts[0].utf8.allSatisfy({ Character(Unicode.Scalar($0)).isLetter && $0 < 0x80 })
        else { throw wrong(String(text)) }
        if parts[1] == "rest" {
            return TenderChoice(kind: String(parts[0]), amountMinor: nil, reference: nil)
        }
        guard let amount = DecimalText.unsigned(parts[1]), amount > 0,
            amount <= UInt64(JSONField.largestInteger)
        else { throw wrong(String(text)) }
        return TenderChoice(kind: String(parts[0]), amountMinor: Int64(amount), reference: nil)
    }

    private static func wrong(_ text: String) -> ValidationError {
        ValidationError(
            "--split is KIND:CENTS,… with at most one KIND:rest at the end, "
                + "not '\(CommandArguments.quote(text))'.")
    }

    /// Puts the gift card's number and the card's token to their kinds.
    static func withReferences(_ plan: [TenderChoice], giftCard: String?, card: String?)
        -> [TenderChoice]
    {
        plan.map { choice in
            let reference =
                switch choice.kind {
                case "giftCard": giftCard
                case "cardOnFile", "newCard": card
                default: String?.none
                }
            return TenderChoice(
                kind: choice.kind, amountMinor: choice.amountMinor, reference: reference)
        }
    }
}
