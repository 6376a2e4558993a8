import Tote
import ToteBarcodes
import ToteTerminal
import ToteValues

/// Puts what was scanned into the cart and shows the line it became.
struct ScanAdder {
    let trip: ShoppingTrip
    let quantity: QuantityOptions
    let json: Bool
    private(set) var lastCart: CartView?
    private(set) var lastLine: LineView?

    init(trip: ShoppingTrip, quantity: QuantityOptions, json: Bool) {
        self.trip = trip
        self.quantity = quantity
        self.json = json
    }

    /// What `--json` says of it. When this returns, the scan is on the disk.
    mutating func add(_ input: ScanInput) async throws -> [JSONMember] {
        let outcome = try await trip.scan(quantity.request(input))
        lastCart = outcome.cart
        lastLine = outcome.line
        if !json {
            try Console.data(
                CartText(cart: outcome.cart).line(outcome.line).joined(separator: "\n"))
        }
        return [
            JSONMember("added", .strings(outcome.dots.map(\.text))),
            JSONMember("line", outcome.line.json),
            JSONMember("total", .integer(outcome.cart.totalMinor)),
        ]
    }
}
