import ToteDecoding
import ToteValues

/// A symbol as `--json` shows it.
enum SymbolText {
    static func members(_ symbol: Symbol) -> [JSONMember] {
        [
            JSONMember("symbology", .string(symbol.symbology.name)),
            JSONMember("text", .string(symbol.text)),
            JSONMember("bytes", .string(Hex.encode(symbol.bytes))),
            JSONMember("aim", .string(symbol.aim.text)),
            JSONMember("votes", .integer(Int64(symbol.quality.votes))),
            JSONMember("step", .string(symbol.quality.step)),
            JSONMember(
                "milliseconds", .integer(Int64(symbol.quality.milliseconds.rounded()))),
            JSONMember("quad", .array(symbol.quad.corners.map(point))),
        ]
    }

    private static func point(_ point: PicturePoint) -> JSONValue {
        .array([.integer(Int64(point.x.rounded())), .integer(Int64(point.y.rounded()))])
    }
}
