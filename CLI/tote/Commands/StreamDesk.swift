import ArgumentParser
import Tote
import ToteBarcodes
import ToteTerminal
import ToteValues

/// Takes scans as a device sends them, for as long as it takes: adds each, prints a line for each
/// event, and remembers the first failure for the exit code.
struct StreamDesk {
    private var adder: ScanAdder?
    private let json: Bool
    private let mostScans: Int?
    private var firstFailure: TripError?
    private(set) var scans = 0

    init(adder: ScanAdder?, json: Bool, mostScans: Int?) {
        self.adder = adder
        self.json = json
        self.mostScans = mostScans
    }

    /// The number of scans asked for has come.
    var isFull: Bool { mostScans.map { scans >= $0 } ?? false }

    /// The line that the last scan became.
    var lastLine: LineView? { adder?.lastLine }

    /// - Parameters:
    ///   - text: the code for the shopper's eyes, where nothing is added.
    ///   - members: what `--json` says of the code.
    mutating func take(_ input: ScanInput, text: String, members: [JSONMember]) async throws {
        scans += 1
        var members = [JSONMember("event", .string("scan"))] + members
        do {
            members += try await adder?.add(input) ?? []
            if adder == nil, !json { try Console.data(text) }
        } catch let error as TripError {
            members += Refusal.members(of: error)
            fail(error, about: text)
        }
        if json { try Console.data(JSONValue.object(members).canonicalText) }
    }

    /// What happened besides scans: words for a shopper, a line for a program.
    func note(_ event: String, _ words: String, _ members: [JSONMember] = []) throws {
        guard json else { return Console.words(words) }
        let all = [JSONMember("event", .string(event))] + members
        try Console.data(JSONValue.object(all).canonicalText)
    }

    private mutating func fail(_ error: TripError, about source: String) {
        firstFailure = firstFailure ?? error
        guard !json else { return }
        Console.words("\(VisibleText.escaped(source)):")
        Refusal.show(error, asJSON: false)
    }

    /// What was added so far; the exit code of the first failure.
    /// - Parameter error: what ended the stream early.
    mutating func finish(_ members: [JSONMember] = [], error: TripError? = nil) throws {
        let total = adder?.lastCart.map { JSONMember("total", .integer($0.totalMinor)) }
        if json {
            let counted = [JSONMember("scans", .integer(Int64(scans)))] + members
            try note("end", "", counted + [total].compactMap(\.self))
        } else if let lastCart = adder?.lastCart {
            try Console.data(Console.total(of: lastCart))
        }
        if let error { throw error }
        if let firstFailure { throw ExitCode(firstFailure.kind.rawValue) }
    }
}
