import Testing
import Tote
import ToteBarcodes
import ToteDecoding
import ToteValues

@Suite("A camera that knows articles")
struct ScanWatchTripTests {
    /// `(299)`: no identifier of the standard.
    private static let table = """
        01 *? N14,csum dlpkey=21 # GTIN
        299 ? X..10 # TICKET
        """

    private func symbol(_ symbology: Symbology, _ aim: Character, _ text: String) -> Symbol {
        let corner = PicturePoint(x: 0, y: 0)
        return Symbol(
            symbology: symbology, aim: SymbologyIdentifier(aim, aim == "C" ? "1" : "0"),
            bytes: Array(text.utf8),
            quad: Quad(
                topLeft: corner, topRight: corner, bottomRight: corner, bottomLeft: corner),
            quality: ReadQuality(votes: 20, step: "sparse", passes: 1, milliseconds: 0))
    }

    /// A pack with its EAN and a GS1-128 that has an identifier of the store's own.
    private func scans(_ identifiers: IdentifierTable) throws -> Int {
        let today = try #require(CalendarDay(year: 2026, month: 11, day: 22))
        var watch = ScanWatch.trip(today: today, identifiers: identifiers)
        let events = watch.take(
            sequence: 1, at: Moment(milliseconds: 0),
            symbols: [
                symbol(.ean13, "E", "9521234543213"),
                symbol(.code128, "C", "0109521234543213299A1"),
            ])
        return events.count { if case .scanned = $0 { true } else { false } }
    }

    @Test("a pack with two codes is one scan, by the store's own identifiers too (VID-2)")
    func ownIdentifiers() throws {
        #expect(try scans(IdentifierTable(dictionary: Self.table)) == 1)
        #expect(try scans(.standard) == 2)
    }
}
