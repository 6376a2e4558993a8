import Tote
import ToteTerminal
import ToteValues

/// The offers of a cart: what each saves over all lines, and why others save nothing.
struct OffersSummary {
    struct Applied {
        let promotion: String
        let title: String
        var discountMinor: Int64
        var lines: [Int]
    }

    let cart: CartView
    let applied: [Applied]

    init(of cart: CartView) {
        self.cart = cart
        var applied: [Applied] = []
        for line in cart.lines {
            for offer in line.offers {
                if let index = applied.firstIndex(where: { $0.promotion == offer.promotion }) {
                    applied[index].discountMinor += offer.discountMinor
                    applied[index].lines.append(line.number)
                } else {
                    applied.append(
                        Applied(
                            promotion: offer.promotion, title: offer.title,
                            discountMinor: offer.discountMinor, lines: [line.number]))
                }
            }
        }
        self.applied = applied
    }

    var text: String {
        var rows = applied.map { offer in
            Columns.left("applied      \(VisibleText.escaped(offer.title))", Columns.ofRows - 13)
                + Columns.right("-\(cart.money(offer.discountMinor).text)", 13)
        }
        rows += cart.notApplied.map {
            "not applied  \(VisibleText.escaped($0.title)): \(VisibleText.escaped($0.text))"
        }
        rows += cart.hints.map {
            "one more     \(VisibleText.escaped($0.name)): total then "
                + "\(cart.money($0.totalThenMinor).text), saves \(cart.money($0.savesMinor).text)"
        }
        return rows.isEmpty ? "No offer touches this cart." : rows.joined(separator: "\n")
    }

    var json: JSONValue {
        .object([
            "applied": .array(applied.map(json)),
            "notApplied": .array(cart.notApplied.map(\.json)),
            "hints": .array(cart.hints.map(\.json)), "provenBest": .bool(cart.provenBest),
        ])
    }

    private func json(_ offer: Applied) -> JSONValue {
        .object([
            "promotion": .string(offer.promotion), "title": .string(offer.title),
            "discount": .integer(offer.discountMinor),
            "lines": .array(offer.lines.map { .integer(Int64($0)) }),
        ])
    }
}
