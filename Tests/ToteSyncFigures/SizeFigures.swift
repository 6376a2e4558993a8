import ToteCarts
import ToteValues

/// What a sync costs by the size of the cart and by the operations it carries (section 10).
enum SizeFigures {
    /// The largest cart is 2,000 units in 300 lines.
    private static let lines = 250

    static func measure() throws -> JSONValue {
        let carts = try [10, 1000].map { units in
            try figure("cartUnits", units, of: oneScan(into: units))
        }
        let pushes = try [1, 20, 100].map { count in
            try figure("operations", count, of: push(count))
        }
        return .object(["carts": .array(carts), "pushes": .array(pushes)])
    }

    private static func figure(
        _ name: String, _ number: Int, of exchange: Household.Exchange
    ) throws -> JSONValue {
        .object([
            JSONMember(name, .integer(Int64(number))),
            JSONMember("request", .integer(Int64(exchange.request))),
            JSONMember("answer", .integer(Int64(exchange.answer))),
            JSONMember("deflated", .integer(Int64(exchange.deflated))),
            JSONMember("rows", .integer(Int64(exchange.rows))),
        ])
    }

    /// One more scan into a cart of so many, that the device has in full.
    private static func oneScan(into units: Int) throws -> Household.Exchange {
        var home = Household(devices: 1)
        for number in 0..<units {
            try commit(number % lines, &home)
            if number % 50 == 49 { _ = try home.sync(0) }
        }
        _ = try home.sync(0)
        try commit(lines, &home)
        return try home.exchange(0)
    }

    /// So many scans in one push, with a cursor.
    private static func push(_ count: Int) throws -> Household.Exchange {
        var home = Household(devices: 1)
        try commit(0, &home)
        _ = try home.sync(0)
        for number in 1...count { try commit(number, &home) }
        return try home.exchange(0)
    }

    private static func commit(_ article: Int, _ home: inout Household) throws {
        let code = String(4_006_381_300_000 + article)
        _ = try home.devices[0].commit(
            Household.scan(code), at: Moment(milliseconds: 1_795_256_100_000))
    }
}
