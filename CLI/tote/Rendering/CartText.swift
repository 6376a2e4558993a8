import Tote
import ToteTerminal
import ToteValues

/// The cart as text, at most 72 columns: name, how much, amount; offers below their line.
struct CartText {
    let cart: CartView

    var text: String {
        guard !cart.lines.isEmpty || !cart.waiting.isEmpty else { return "The cart is empty." }
        return (cart.lines.flatMap(line) + waiting + closing).joined(separator: "\n")
    }

    /// One line, its deposit and its offers.
    func line(_ line: LineView) -> [String] {
        let number = Columns.right(String(line.number), 3)
        let first = Self.row(
            "\(number)  \(VisibleText.escaped(line.name))", Self.amountText(line, of: cart),
            cart.money(line.grossMinor).text + (line.unsent ? " ·" : "  "))
        return [first] + line.offers.map(offer)
    }

    func offer(_ offer: AppliedOffer) -> String {
        Self.row(
            "       \(VisibleText.escaped(offer.title))", "",
            "-\(cart.money(offer.discountMinor).text)  ")
    }

    /// `3 × 1.29`, `742 g × 1.99/kg`, or nothing for one piece.
    static func amountText(_ line: LineView, of cart: CartView) -> String {
        let price = line.unitPriceMinor.map { cart.money($0).text }
        if let grams = line.grams {
            return price.map { "\(grams) g × \($0)/kg" } ?? "\(grams) g"
        }
        guard line.pieces > 1, let price else { return "" }
        return "\(line.pieces) × \(price)"
    }

    private var waiting: [String] {
        cart.waiting.map { "  ?  \(VisibleText.escaped($0))  not priced yet: blocks paying" }
    }

    private var closing: [String] {
        var rows = [String(repeating: "-", count: 72)]
        if cart.savedMinor > 0 { rows.append(sum("Saved", "-" + cart.money(cart.savedMinor).text)) }
        if cart.depositMinor > 0 { rows.append(sum("Deposit", cart.money(cart.depositMinor).text)) }
        rows.append(sum("Total \(cart.currency.code)", cart.money(cart.totalMinor).text))
        if let note = Self.note(of: cart) { rows.append("     \(note)") }
        return rows
    }

    private func sum(_ name: String, _ amount: String) -> String {
        Self.row("     \(name)", "", amount + "  ")
    }

    /// `offline · 3 to send (·)`; `nil` when device and store agree.
    static func note(of cart: CartView) -> String? {
        let parts = [
            cart.offline ? "offline" : nil,
            cart.unsent > 0 ? "· \(cart.unsent) not sent to the store yet" : nil,
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private static func row(_ name: String, _ quantity: String, _ amount: String) -> String {
        Columns.left(name, 42) + Columns.right(quantity, 17)
            + Columns.right(amount, 13)
    }
}
