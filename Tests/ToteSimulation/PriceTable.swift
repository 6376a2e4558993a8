import Crypto
import ToteCarts
import ToteValues

/// Articles, the books of their prices, and which book holds when by the store's clock. The price
/// of a piece is the smaller of its lock's and today's (SYNC-55); offers are proven elsewhere.
struct PriceTable {
    struct Book {
        let version: BookVersion
        /// Virtual milliseconds; it holds until the next one begins.
        let from: Int64
    }

    static let codes: [String] =
        (1...9).map { "401234500000\($0)" } + [
            "]C1010401234500010921A7", "]C1010401234500010921B8",
        ]
    /// The store of this trip cannot read it: stands for a newer phone at an older store.
    static let unreadable = "unreadable"
    static let lockGrace: Int64 = 4 * 3_600_000
    static let first: BookVersion = 812

    private(set) var books = [
        Book(version: 810, from: -20 * 3_600_000), Book(version: 811, from: -5 * 3_600_000),
        Book(version: first, from: -3_600_000),
    ]

    var current: BookVersion { books.last?.version ?? Self.first }

    mutating func change(at now: Int64) {
        books.append(Book(version: current + 1, from: now))
    }

    /// Whether a lock may name this book at a moment of the store's clock, in virtual time.
    func mayLock(_ book: BookVersion, at now: Int64) -> Bool {
        guard let index = books.firstIndex(where: { $0.version == book }) else { return false }
        guard index + 1 < books.count else { return true }
        return now - books[index + 1].from <= Self.lockGrace
    }

    /// Minor units of one piece.
    static func price(_ code: String, in book: BookVersion) -> Int64 {
        let sum = code.utf8.reduce(Int64(0)) { $0 &* 31 &+ Int64($1) } & 0xFFFF
        return 50 + (sum &* 7 &+ book &* (13 + sum % 5)) % 900
    }

    static func total(
        _ cart: Cart, units: (DotState) -> Int, book: BookVersion
    ) -> Int64 {
        cart.order.reduce(0) { sum, dot in
            guard let state = cart.dots[dot], let scan = state.scan else { return sum }
            let now = price(scan.code, in: book)
            let locked = state.priceLock > 0 ? price(scan.code, in: state.priceLock) : now
            let piece = Mutant.trustShownPrice.isPlanted ? scan.shown : min(now, locked)
            return sum + piece * Int64(units(state))
        }
    }

    /// Stands for the quote's hash: equal inputs, equal bytes.
    static func quoteHash(_ prefix: LogHash, book: BookVersion, total: Int64) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: prefix.bytes)
        hash.update(data: book.bigEndianBytes)
        hash.update(data: total.bigEndianBytes)
        return Array(hash.finalize())
    }
}

extension PriceTable {
    /// By the rule alone, for the checkers.
    static func trueTotal(_ cart: Cart, book: BookVersion) -> Int64 {
        cart.liveDots.reduce(0) { sum, item in
            guard let scan = item.state.scan else { return sum }
            let lock = item.state.priceLock
            let now = price(scan.code, in: book)
            let piece = lock > 0 ? min(now, price(scan.code, in: lock)) : now
            return sum + piece * Int64(item.state.live)
        }
    }
}
