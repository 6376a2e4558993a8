import ArgumentParser
import Tote
import ToteBarcodes
import ToteDecoding
import ToteTerminal
import ToteValues

/// Takes pictures and codes one after the other, adds what they hold, and remembers the first
/// failure for the exit code. One failed picture does not stop the next.
struct ScanDesk {
    let trip: ShoppingTrip?
    let adds: Bool
    let pick: Int?
    let pieces: Int
    let grams: Int?
    let json: Bool

    private var results: [JSONValue] = []
    private var firstFailure: TripError?
    private var reader: PictureReader?
    private var lastCart: CartView?

    init(trip: ShoppingTrip?, adds: Bool, pick: Int?, pieces: Int, grams: Int?, json: Bool) {
        self.trip = trip
        self.adds = adds
        self.pick = pick
        self.pieces = pieces
        self.grams = grams
        self.json = json
    }

    mutating func take(picture file: String) async throws {
        let reader = try self.reader ?? PictureReader()
        self.reader = reader
        let reading = reader.read(file)
        var members = reading.members
        do {
            if let error = reading.error { throw error }
            if adds, let trip {
                let symbol = try await PictureChoice(reading: reading, pick: pick).symbol(for: trip)
                members += try await add(ScanInput(symbol: symbol))
            } else if !json {
                for symbol in reading.symbols { try Console.data(reading.line(symbol)) }
            }
        } catch let error as TripError {
            fail(error, about: file)
            members.append(contentsOf: Self.members(of: error))
        }
        results.append(.object(members))
    }

    mutating func take(code: String) async {
        var members = [JSONMember("code", .string(code))]
        do {
            let input = ScanInput(typed: code)
            members += adds ? try await add(input) : try await look(input)
        } catch let error as TripError {
            fail(error, about: code)
            members += Self.members(of: error)
        } catch {
            let lost = TripError(
                code: "outputLost", kind: .io, message: "The output could not be written.",
                mend: "The cart holds what was added.")
            fail(lost, about: code)
        }
        results.append(.object(members))
    }

    private mutating func add(_ input: ScanInput) async throws -> [JSONMember] {
        guard let trip else { return [] }
        let outcome = try await trip.scan(input, pieces: pieces, grams: grams)
        lastCart = outcome.cart
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

    private func look(_ input: ScanInput) async throws -> [JSONMember] {
        guard let trip else { return [] }
        let item = try await trip.lookup(input)
        if !json { try Console.data(ItemText.line(item)) }
        return [JSONMember("article", ItemText.json(item))]
    }

    private mutating func fail(_ error: TripError, about source: String) {
        firstFailure = firstFailure ?? error
        guard !json else { return }
        Console.words("\(CommandArguments.quote(source)):")
        Refusal.show(error, asJSON: false)
    }

    /// No more can be read; what came before still counts and is printed.
    mutating func stop(_ error: TripError) {
        firstFailure = firstFailure ?? error
        Refusal.show(error, asJSON: json)
    }

    private static func members(of error: TripError) -> [JSONMember] {
        guard case .object(let members) = Refusal.json(of: error) else { return [] }
        return members
    }

    func finish() throws {
        if json {
            try Console.data(.array(results))
        } else if let lastCart {
            try Console.data(Console.total(of: lastCart))
        }
        if let firstFailure { throw ExitCode(firstFailure.kind.rawValue) }
    }
}
