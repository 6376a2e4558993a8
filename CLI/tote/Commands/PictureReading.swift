import Tote
import ToteDecoding
import ToteTerminal
import ToteValues

/// What one picture file holds.
struct PictureReading {
    /// Refused readings that are told; a picture made to annoy may hold thousands.
    static let rejectedShown = 16

    let file: String
    /// px as the shopper sees the picture; `nil` if it is none.
    var size: (width: Int, height: Int)?
    var symbols: [Symbol] = []
    /// What was seen and not believed, told only where nothing was accepted.
    var rejected: [Candidate] = []
    /// Ladder steps that ran, in order.
    var steps: [String] = []
    /// Wall time of file, pixels and decoding.
    var milliseconds: Int64 = 0
    var error: TripError?

    var members: [JSONMember] {
        var members = [
            JSONMember("file", .string(file)),
            JSONMember("symbols", .array(symbols.map { .object(SymbolText.members($0)) })),
        ]
        guard let size else { return members }
        if symbols.isEmpty {
            let strongest = rejected.sorted { $0.votes > $1.votes }.prefix(Self.rejectedShown)
            members.append(JSONMember("rejected", .array(strongest.map(Self.json))))
        }
        members += [
            JSONMember("width", .integer(Int64(size.width))),
            JSONMember("height", .integer(Int64(size.height))),
            JSONMember("steps", .strings(steps)),
            JSONMember("milliseconds", .integer(milliseconds)),
        ]
        return members
    }

    private static func json(_ candidate: Candidate) -> JSONValue {
        .object([
            "symbology": .string(candidate.symbology.name), "text": .string(candidate.text),
            "bytes": .string(Hex.encode(candidate.bytes)),
            "votes": .integer(Int64(candidate.votes)),
            "reason": .string(candidate.reason.rawValue),
            "quad": SymbolText.corners(candidate.quad),
        ])
    }

    /// `milk.jpg  ean13  4012345000016`, and `+ 05` for an add-on.
    func line(_ symbol: Symbol) -> String {
        var fields = [
            VisibleText.escaped(file), symbol.symbology.name, VisibleText.escaped(symbol.text),
        ]
        if let addOn = symbol.addOn { fields.append("+ " + String(decoding: addOn, as: UTF8.self)) }
        if let part = symbol.part { fields.append("(part \(part.number) of \(part.count))") }
        return fields.joined(separator: "  ")
    }
}
