import Tote
import ToteTerminal
import ToteValues

/// What the commands print, in one place, so that the same value always looks the same.
extension Console {
    static func show(_ cart: CartView, asJSON: Bool) throws {
        if asJSON {
            try data(cart.json)
        } else {
            try data(CartText(cart: cart).text)
        }
    }

    static func show(_ outcome: ScanOutcome, asJSON: Bool) throws {
        if asJSON {
            try data(json(of: outcome))
        } else {
            try data(CartText(cart: outcome.cart).line(outcome.line).joined(separator: "\n"))
            try data(total(of: outcome.cart))
        }
    }

    static func json(of outcome: ScanOutcome) -> JSONValue {
        .object([
            "added": .strings(outcome.dots.map(\.text)), "line": outcome.line.json,
            "cart": outcome.cart.json, "standing": .string(outcome.standing.rawValue),
        ])
    }

    static func total(of cart: CartView) -> String {
        let total = "Total \(cart.currency.code) \(cart.money(cart.totalMinor).text)"
        return CartText.note(of: cart).map { "\(total)  \($0)" } ?? total
    }
}
