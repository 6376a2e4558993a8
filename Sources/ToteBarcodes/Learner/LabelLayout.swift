/// Where article and value may stand in a label (LRN-1): literal prefix, article and value in
/// either order, a digit between them or none, a digit at the end.
struct LabelLayout: Hashable {
    enum Order: Hashable { case articleFirst, valueFirst }

    static let prefixes = 1...3
    static let articles = 3...7
    static let values = 4...6

    var order: Order
    /// Digits of each part.
    var prefix: Int
    var article: Int
    var value: Int
    var hasMiddle: Bool

    var articleStart: Int {
        order == .articleFirst ? prefix : prefix + value + (hasMiddle ? 1 : 0)
    }
    var valueStart: Int {
        order == .valueFirst ? prefix : prefix + article + (hasMiddle ? 1 : 0)
    }
    var middle: Int { prefix + (order == .articleFirst ? article : value) }

    /// The layout in which the digit between belongs to the article.
    var widened: LabelLayout {
        var other = self
        other.hasMiddle = false
        other.article += 1
        return other
    }

    /// The same places of value and digit between, without a literal: what layouts share that
    /// differ only in how much of the article's number they take for fixed.
    var withoutPrefix: LabelLayout {
        guard order == .articleFirst else { return self }
        var other = self
        other.article += other.prefix
        other.prefix = 0
        return other
    }

    /// All for labels of so many digits that begin with so many digits alike.
    static func all(length: Int, shared: Int) -> [LabelLayout] {
        var layouts: [LabelLayout] = []
        for order in [Order.articleFirst, .valueFirst] {
            for prefix in prefixes where prefix <= shared {
                for value in values {
                    for middle in 0...1 {
                        let article = length - 1 - prefix - value - middle
                        guard articles.contains(article) else { continue }
                        layouts.append(
                            LabelLayout(
                                order: order, prefix: prefix, article: article, value: value,
                                hasMiddle: middle == 1))
                    }
                }
            }
        }
        return layouts
    }

    /// The template's text.
    func text(literal: String, verifies: Bool, checks: Bool) -> String {
        let middle = hasMiddle ? (verifies ? "{i}" : "{_}") : ""
        let parts = ["{code:\(article)}", middle, "{embed:\(value)}"]
        let inOrder = order == .articleFirst ? parts : parts.reversed()
        return literal + inOrder.joined() + (checks ? "{ec}" : "{_}")
    }
}
