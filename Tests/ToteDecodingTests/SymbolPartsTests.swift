import Testing
import ToteDecoding
import TotePictures
import ToteValues

@Suite("One message in several QR codes (PUR-5)")
struct SymbolPartsTests {
    private static let link = "https://id.example/01/04012345000016/10/ABC123/21/S-778899"

    private func part(
        _ number: Int, of texts: [String], parity: UInt8? = nil, x: Double = 0
    ) throws -> Symbol {
        let sum = texts.joined().utf8.reduce(0, ^)
        let corner = { (x: Double, y: Double) in PicturePoint(x: x, y: y) }
        return Symbol(
            symbology: .qr, aim: SymbologyIdentifier("Q", "1"),
            bytes: Array(texts[number - 1].utf8),
            part: try #require(
                SymbolPart(number: number, count: texts.count, parity: parity ?? sum)),
            quad: Quad(
                topLeft: corner(x, 0), topRight: corner(x + 50, 0),
                bottomRight: corner(x + 50, 50), bottomLeft: corner(x, 50)),
            quality: ReadQuality(votes: 1, step: "qr", passes: 1, milliseconds: 0))
    }

    private func text(_ outcome: SymbolParts.Outcome) -> String? {
        if case .whole(let symbol) = outcome { symbol.text } else { nil }
    }

    @Test("parts in one picture are one code, whatever their order")
    func onePicture() throws {
        let frame = try Sample.picture("qr-both-parts.png").frame(scale: .full)
        let symbols = try SymbolDecoder().decode(frame).symbols
        #expect(symbols.map(\.text) == [Self.link])
        #expect(symbols.first?.part == nil)
        let width = symbols.first.map { $0.quad.topRight.x - $0.quad.topLeft.x } ?? 0
        #expect(width > 200)
    }

    @Test("parts in two pictures are joined when the second comes", arguments: [[1, 2], [2, 1]])
    func twoPictures(_ order: [Int]) throws {
        var parts = SymbolParts()
        let symbols = try order.map { number in
            let frame = try Sample.picture("qr-part-\(number)-of-2.png").frame(scale: .full)
            return try #require(try SymbolDecoder().decode(frame).symbols.first)
        }
        #expect(parts.take(symbols[0]) == .missing([order[1]]))
        #expect(parts.take(symbols[0]) == .missing([order[1]]))
        #expect(text(parts.take(symbols[1])) == Self.link)
        #expect(text(parts.take(symbols[0])) == Self.link)
    }

    @Test("three parts are joined in their order, and the missing ones are named")
    func three() throws {
        let texts = ["one ", "two ", "three"]
        var parts = SymbolParts()
        #expect(parts.take(try part(3, of: texts)) == .missing([1, 2]))
        #expect(parts.take(try part(1, of: texts)) == .missing([2]))
        #expect(text(parts.take(try part(2, of: texts))) == "one two three")
    }

    @Test("parts whose parity speaks against them are never joined")
    func wrongParity() throws {
        var parts = SymbolParts()
        #expect(parts.take(try part(1, of: ["a", "b"], parity: 9)) == .missing([2]))
        #expect(parts.take(try part(2, of: ["a", "b"], parity: 9)) == .missing([1]))
        // The right first part, seen later, is joined with what is left.
        let sum = "cb".utf8.reduce(0, ^)
        #expect(parts.take(try part(1, of: ["c", "b"], parity: sum)) == .missing([2]))
        #expect(text(parts.take(try part(2, of: ["c", "b"], parity: sum))) == "cb")
    }

    @Test("a part of another message with the same parity begins anew")
    func otherMessage() throws {
        var parts = SymbolParts()
        #expect(parts.take(try part(1, of: ["ab", "x"])) == .missing([2]))
        #expect(parts.take(try part(1, of: ["ba", "x"])) == .missing([2]))
        #expect(text(parts.take(try part(2, of: ["ba", "x"]))) == "bax")
    }

    @Test("a camera tells once of a part, and scans the whole once")
    func video() throws {
        var watch = ScanWatch()
        var events: [ScanEvent] = []
        let texts = ["left", "right"]
        let views = [[1], [1], [2], [2, 1], [1]]
        for (index, view) in views.enumerated() {
            events += watch.take(
                sequence: UInt64(index), at: Moment(milliseconds: Int64(100 * index)),
                symbols: try view.map { try part($0, of: texts, x: Double(100 * $0)) })
        }
        #expect(events.count == 2)
        guard case .partOf(_, missing: [2]) = events.first else {
            Issue.record("the first part was not told: \(events)")
            return
        }
        #expect(events.scans == ["leftright"])
    }
}
