import Tote
import ToteBarcodes
import ToteTerminal
import ToteValues

/// Puts what was scanned into the cart and shows the line it became.
struct ScanAdder {
    let trip: ShoppingTrip
    let pieces: Int
    let grams: Int?
    let json: Bool
    private(set) var lastCart: CartView?
    private(set) var lastLine: LineView?

    init(trip: ShoppingTrip, pieces: Int, grams: Int?, json: Bool) {
        self.trip = trip
        self.pieces = pieces
        self.grams = grams
        self.json = json
    }

    /// What `--json` says of it. When this returns, the scan is on the disk.
    mutating func add(_ input: ScanInput) async throws -> [JSONMember] {
        let outcome = try await trip.scan(input, pieces: pieces, grams: grams)
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
