import ToteCarts
public import ToteValues

/// The cart problems that carry values (`cart-sync.md` section 5).
extension Problem {
    /// 409: this sequence was taken by another operation; nothing was applied.
    public static func streamFork(sequence: UInt64, stored: LogHash, pushed: LogHash) -> Problem {
        Problem(
            status: 409, code: "streamFork",
            extra: [
                JSONMember("seq", .integer(Int64(clamping: sequence))),
                JSONMember("hashes", .strings([stored.text, pushed.text])),
            ])
    }

    /// 409: the cart was joined to another.
    public static func moved(to cart: CartID) -> Problem {
        Problem(
            status: 409, code: "moved", extra: [JSONMember("to", .string(cart.text))])
    }

    /// 409: the close must wait for an associate, or for the removal of these dots.
    public static func held(_ holds: [Dot]) -> Problem {
        Problem(
            status: 409, code: "held", detail: "Some goods need a look by our staff.",
            extra: [JSONMember("holds", .strings(holds.map(\.text)))])
    }

    /// 412: something was added or removed since the payer looked.
    public static func cartChanged(_ delta: LogDelta) -> Problem {
        Problem(
            status: 412, code: "cartChanged", detail: "The cart has changed. Look again, then pay.",
            extra: [JSONMember("delta", delta.json)])
    }

    /// 412: the store's own quote differs.
    public static func quoteChanged(_ quote: QuoteAnswer) -> Problem {
        Problem(
            status: 412, code: "quoteChanged",
            detail: "The total has changed. Look again, then pay.",
            extra: [JSONMember("quote", quote.json)])
    }
}
