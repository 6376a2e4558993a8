import Tote
import ToteDecoding
import TotePictures
import ToteTerminal
import ToteValues

/// What one picture file holds.
struct PictureReading {
    let file: String
    var symbols: [Symbol] = []
    var error: TripError?

    var members: [JSONMember] {
        [
            JSONMember("file", .string(file)),
            JSONMember("symbols", .array(symbols.map(Self.json))),
        ]
    }

    private static func json(_ symbol: Symbol) -> JSONValue {
        .object([
            "symbology": .string(symbol.symbology.name), "text": .string(symbol.text),
            "bytes": .string(Hex.encode(symbol.bytes)), "aim": .string(symbol.aim.text),
            "votes": .integer(Int64(symbol.quality.votes)), "step": .string(symbol.quality.step),
            "milliseconds": .integer(Int64(symbol.quality.milliseconds.rounded())),
            "quad": .array(symbol.quad.corners.map(json)),
        ])
    }

    private static func json(_ point: PicturePoint) -> JSONValue {
        .array([.integer(Int64(point.x.rounded())), .integer(Int64(point.y.rounded()))])
    }

    /// `milk.jpg  ean13  4012345000016`.
    func line(_ symbol: Symbol) -> String {
        [
            VisibleText.escaped(file), symbol.symbology.name,
            VisibleText.escaped(symbol.text),
        ].joined(separator: "  ")
    }
}

/// Picture file → symbols. Owns one decoder, which is costly to make.
struct PictureReader {
    private let decoder: SymbolDecoder
    private let profile: DecodingProfile

    init(world: World = .system) throws(TripError) {
        profile = .trip(today: CalendarDay(daysSince1970: world.now().milliseconds / 86_400_000))
        do {
            decoder = try SymbolDecoder(world: world)
        } catch {
            throw TripError(
                code: error.code.rawValue, kind: .internalDefect, message: error.message,
                mend: error.mend)
        }
    }

    func read(_ file: String) -> PictureReading {
        do {
            let picture = try Picture.open(path: file)
            let result = try decoder.decodeStill(
                width: picture.width, height: picture.height, profile: profile
            ) { try picture.frame(scale: $0) }
            let error = result.symbols.isEmpty ? Self.nothingRead(result) : nil
            return PictureReading(file: file, symbols: result.symbols, error: error)
        } catch let error as PictureError {
            return PictureReading(file: file, error: Self.refusal(error))
        } catch let error as DecodingError {
            let defect = TripError(
                code: error.code.rawValue, kind: .internalDefect, message: error.message,
                mend: error.mend)
            return PictureReading(file: file, error: defect)
        } catch {
            return PictureReading(file: file, error: Self.refusal(.unreadable))
        }
    }

    private static func refusal(_ error: PictureError) -> TripError {
        let isAbsent = error.code == .notARegularFile || error.code == .unreadable
        return TripError(
            code: error.code.rawValue, kind: isAbsent ? .noInput : .data, message: error.message,
            mend: error.mend)
    }

    /// The strongest reason of what was refused, and one tip (DIAG-6).
    private static func nothingRead(_ result: DecodeResult) -> TripError {
        let strongest = result.rejected.max { $0.votes < $1.votes }
        let message =
            strongest.map {
                "No code can be read for certain; a trace of \($0.symbology.name) was refused "
                    + "(\($0.reason.rawValue))."
            } ?? "There is no barcode in this picture."
        return TripError(
            code: "noCode", kind: .data, message: message,
            mend: "Go closer, hold the code flat, give it light; or type it: tote add CODE.")
    }
}
