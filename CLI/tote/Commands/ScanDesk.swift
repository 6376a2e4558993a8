import ArgumentParser
import Tote
import ToteBarcodes
import ToteDecoding
import ToteTerminal
import ToteValues

/// Takes pictures and codes one after the other, adds what they hold, and remembers the first
/// failure for the exit code. One failed picture does not stop the next, and nothing is kept of
/// one that is done.
struct ScanDesk {
    let trip: ShoppingTrip?
    let adds: Bool
    let pick: Int?
    let json: Bool
    let addOns: AddOnPolicy
    /// Shown while pictures are read.
    var progress: ScanProgress?

    private var records: ScanRecords
    private var firstFailure: TripError?
    private var reader: PictureReader?
    private var adder: ScanAdder?
    /// Of messages that lie in several pictures.
    private var parts = SymbolParts()

    init(
        trip: ShoppingTrip?, adds: Bool, pick: Int?, quantity: QuantityOptions, json: Bool,
        addOns: AddOnPolicy, form: ScanRecords.Form
    ) {
        self.trip = trip
        self.adds = adds
        self.pick = pick
        self.json = json
        self.addOns = addOns
        records = ScanRecords(form)
        adder = trip.map { ScanAdder(trip: $0, quantity: quantity, json: json) }
    }

    /// Made for the first picture.
    private mutating func pictureReader() async throws -> PictureReader {
        if let reader { return reader }
        let identifiers = await trip?.identifiers ?? .standard
        let made = try PictureReader(addOns: addOns, identifiers: identifiers)
        reader = made
        return made
    }

    mutating func take(picture file: String) async throws {
        progress?.show()
        let reader = try await pictureReader()
        let seen = reader.read(file)
        let reading = joining(seen)
        if showsWords { progress?.hide() }
        var members = seen.members
        if reading.symbols != seen.symbols {
            members.append(JSONMember("joined", .strings(reading.symbols.map(\.text))))
        }
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
            members.append(contentsOf: Refusal.members(of: error))
        }
        if json { try records.write(.object(members)) }
        progress?.step()
    }

    /// A part of a message with the parts of pictures before it.
    private mutating func joining(_ reading: PictureReading) -> PictureReading {
        var whole = reading
        whole.symbols = reading.symbols.map { symbol in
            if case .whole(let joined) = parts.take(symbol) { joined } else { symbol }
        }
        return whole
    }

    /// A name from a list; one that is no text fails alone.
    mutating func take(pictureNamed name: [UInt8]) async throws {
        if let file = String(validating: name, as: UTF8.self) {
            return try await take(picture: file)
        }
        let file = String(decoding: name, as: UTF8.self)
        let error = TripError(
            code: "notText", kind: .data, message: "The name is not UTF-8 text.",
            mend: "Rename the file.")
        if showsWords { progress?.hide() }
        fail(error, about: file)
        if json {
            let members = PictureReading(file: file).members + Refusal.members(of: error)
            try records.write(.object(members))
        }
        progress?.step()
    }

    mutating func take(code: String) async {
        var members = [JSONMember("code", .string(code))]
        do {
            let input = ScanInput(typed: code)
            members += adds ? try await add(input) : try await look(input)
        } catch let error as TripError {
            fail(error, about: code)
            members += Refusal.members(of: error)
        } catch {
            fail(Self.outputLost, about: code)
        }
        guard json else { return }
        do { try records.write(.object(members)) } catch { fail(Self.outputLost, about: code) }
    }

    /// Whether the terminal that shows the bar gets anything else.
    private var showsWords: Bool {
        adds || !json || TerminalDevice.isTerminal(TerminalOutput.standard.descriptor)
    }

    private static var outputLost: TripError {
        TripError(
            code: "outputLost", kind: .io, message: "The output could not be written.",
            mend: "The cart holds what was added.")
    }

    private mutating func add(_ input: ScanInput) async throws -> [JSONMember] {
        try await adder?.add(input) ?? []
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
        progress?.hide()
        Refusal.show(error, asJSON: json)
    }

    mutating func finish() throws {
        progress?.hide()
        if json {
            try records.finish()
        } else if let lastCart = adder?.lastCart {
            try Console.data(Console.total(of: lastCart))
        }
        if let firstFailure { throw ExitCode(firstFailure.kind.rawValue) }
    }
}
