import Tote
import ToteTerminal
import ToteValues

/// The cart as text, at most 72 columns: name, how much, amount. An offer stands below its line;
/// one that touches several lines stands once, below them all.
struct CartText {
    let cart: CartView
    /// A dot beside what the store does not know yet.
    var marksUnsent = true
    var columns = Columns.ofRows

    var text: String {
        guard !cart.lines.isEmpty || !cart.waiting.isEmpty else { return "The cart is empty." }
        return (cart.lines.flatMap(line) + waiting + closing).joined(separator: "\n")
    }

    /// One line, its deposit and its offers.
    func line(_ line: LineView) -> [String] {
        let number = Columns.right(String(line.number), 3)
        let first = row(
            "\(number)  \(line.name)", Self.amountText(line, of: cart),
            cart.money(line.grossMinor).text + (line.unsent && marksUnsent ? " ·" : "  "))
        let deposit = line.depositMinor == 0 ? [] : row("       deposit", line.depositMinor)
        let own = line.offers.filter { !shared.contains($0.promotion) }
        return first + own.flatMap { offer($0.title, $0.discountMinor) } + deposit
    }

    /// Offers that touch more than one line.
    private var shared: Set<String> {
        Set(OffersSummary(of: cart).applied.filter { $0.lines.count > 1 }.map(\.promotion))
    }

    private func offer(_ title: String, _ discountMinor: Int64) -> [String] {
        row("       \(title)", -discountMinor)
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
        cart.waiting.enumerated().flatMap { index, code in
            [
                "\(String(repeating: " ", count: cart.lines.count + index < 9 ? 2 : 1))"
                    + "\(cart.lines.count + index + 1)  \(VisibleText.escaped(code))",
                "     cannot be sold now; remove it to pay",
            ]
        }
    }

    private var closing: [String] {
        let several = OffersSummary(of: cart).applied.filter { $0.lines.count > 1 }
        var rows = several.flatMap { row("     \($0.title)", -$0.discountMinor) }
        rows.append(String(repeating: "-", count: columns - 2))
        if cart.savedMinor > 0 { rows += row("     Saved", -cart.savedMinor) }
        if cart.depositMinor > 0 { rows += row("     Deposit", cart.depositMinor) }
        rows += row("     Total \(cart.currency.code)", cart.totalMinor)
        if let note = Self.note(of: cart) { rows.append("     \(note)") }
        return rows
    }

    private func row(_ name: String, _ minor: Int64) -> [String] {
        row(name, "", cart.money(minor).text + "  ")
    }

    /// `offline, 3 not sent to the store yet (·)`; `nil` when device and store agree.
    static func note(of cart: CartView) -> String? {
        let parts = [
            cart.offline ? "offline" : nil,
            cart.unsent > 0 ? "\(cart.unsent) not sent to the store yet (·)" : nil,
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// Where all three do not fit side by side, the quantity stands below the name.
    private func row(_ name: String, _ quantity: String, _ amount: String) -> [String] {
        guard columns < Columns.widest else {
            return [
                Columns.left(name, 42) + Columns.right(quantity, 17) + Columns.right(amount, 13)
            ]
        }
        let first = Columns.left(name, columns - 12) + Columns.right(amount, 12)
        return quantity.isEmpty ? [first] : [first, "     \(quantity)"]
    }
}
