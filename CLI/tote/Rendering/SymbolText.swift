import ToteDecoding
import ToteValues

/// A symbol as `--json` shows it.
enum SymbolText {
    static func members(_ symbol: Symbol) -> [JSONMember] {
        let addOn = symbol.addOn.map { String(decoding: $0, as: UTF8.self) }
        return [
            JSONMember("symbology", .string(symbol.symbology.name)),
            JSONMember("text", .string(symbol.text)),
            JSONMember("bytes", .string(Hex.encode(symbol.bytes))),
            JSONMember("aim", .string(symbol.aim.text)),
            addOn.map { JSONMember("addOn", .string($0)) },
            symbol.part.map { JSONMember("part", json($0)) },
            JSONMember("votes", .integer(Int64(symbol.quality.votes))),
            JSONMember("step", .string(symbol.quality.step)),
            JSONMember(
                "milliseconds", .integer(Int64(symbol.quality.milliseconds.rounded()))),
            JSONMember("quad", corners(symbol.quad)),
        ].compactMap(\.self)
    }

    private static func json(_ part: SymbolPart) -> JSONValue {
        .object(["number": .integer(Int64(part.number)), "of": .integer(Int64(part.count))])
    }

    static func corners(_ quad: Quad) -> JSONValue {
        .array(
            quad.corners.map {
                .array([.integer(Int64($0.x.rounded())), .integer(Int64($0.y.rounded()))])
            })
    }
}
