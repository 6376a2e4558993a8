import ToteDecoding
import ToteValues

/// What a decoder said about one frame, for tests of `ScanWatch`.
struct FilmFrame {
    var sequence: UInt64
    var milliseconds: Int64
    var symbols: [Symbol] = []
    var rejected: [Candidate] = []

    func shown(to watch: inout ScanWatch) -> [ScanEvent] {
        watch.take(
            sequence: sequence, at: Moment(milliseconds: milliseconds), symbols: symbols,
            rejected: rejected)
    }
}

enum Film {
    static func quad(_ x: Double = 100, _ y: Double = 100) -> Quad {
        Quad(
            topLeft: PicturePoint(x: x, y: y), topRight: PicturePoint(x: x + 200, y: y),
            bottomRight: PicturePoint(x: x + 200, y: y + 80),
            bottomLeft: PicturePoint(x: x, y: y + 80))
    }

    static func symbol(
        _ text: String, _ symbology: Symbology = .ean13, aim: String = "]E0", votes: Int = 20,
        at quad: Quad = Film.quad()
    ) -> Symbol {
        Symbol(
            symbology: symbology, aim: identifier(aim), bytes: Array(text.utf8), quad: quad,
            quality: ReadQuality(votes: votes, step: "full", passes: 2, milliseconds: 1))
    }

    static func candidate(
        _ text: String, _ symbology: Symbology = .ean13, aim: String = "]E0", votes: Int,
        needed: Int? = 3, reason: Candidate.Reason = .votes, at quad: Quad = Film.quad()
    ) -> Candidate {
        Candidate(
            symbology: symbology, aim: identifier(aim), bytes: Array(text.utf8), quad: quad,
            votes: votes, votesNeeded: needed, reason: reason)
    }

    private static func identifier(_ text: String) -> SymbologyIdentifier {
        SymbologyIdentifier(text: text) ?? SymbologyIdentifier("X", "0")
    }
}

extension [ScanEvent] {
    /// Texts of what was scanned.
    var scans: [String] {
        compactMap { event in
            guard case .scanned(_, let symbol) = event else { return nil }
            return symbol.text
        }
    }
}
