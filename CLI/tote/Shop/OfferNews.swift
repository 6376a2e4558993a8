import Tote
import ToteTerminal
import ToteValues

/// What a change did to the offers of other lines, so that no cent moves unseen.
struct OfferNews {
    let before: CartView
    let after: CartView
    /// The line that is shown anyway, with its offers.
    let but: LineView?

    var notes: [String] {
        let old = savings(of: before)
        let new = savings(of: after)
        // What touches this line alone stands below it already.
        let alone = OffersSummary(of: after).applied.filter { $0.lines == but.map { [$0.number] } }
        let shown = Set(alone.map(\.promotion))
        let names = OffersSummary(of: after).applied + OffersSummary(of: before).applied
        var seen: Set<String> = []
        return names.compactMap { offer in
            guard seen.insert(offer.promotion).inserted, !shown.contains(offer.promotion),
                old[offer.promotion] != new[offer.promotion]
            else { return nil }
            return note(offer.title, old[offer.promotion] ?? 0, new[offer.promotion] ?? 0)
        }
    }

    private func savings(of cart: CartView) -> [String: Int64] {
        let applied = OffersSummary(of: cart).applied
        return Dictionary(
            applied.map { ($0.promotion, $0.discountMinor) }, uniquingKeysWith: { $0 + $1 })
    }

    private func note(_ title: String, _ old: Int64, _ new: Int64) -> String {
        let name = VisibleText.escaped(title)
        if new == 0 { return "       \(name): no longer applies" }
        let saved = after.money(new).text
        return old == 0
            ? "       \(name): saves \(saved)"
            : "       \(name): saves \(saved), before \(after.money(old).text)"
    }
}
