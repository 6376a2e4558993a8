import Tote
import ToteBarcodes
import ToteDataMatrix
import ToteDecoding
import TotePictures
import ToteValues

/// Picture file → symbols. Owns one decoder, which is costly to make.
struct PictureReader {
    private let decoder: SymbolDecoder
    private let profile: DecodingProfile
    private let clock: @Sendable () -> Int64

    /// - Parameters:
    ///   - addOns: whether EAN-2 and EAN-5 beside the code are read too.
    ///   - identifiers: the GS1 application identifiers that the store knows.
    init(
        addOns: AddOnPolicy = .ignore, identifiers: IdentifierTable = .standard,
        world: World = .system
    ) throws(TripError) {
        let today = CalendarDay(daysSince1970: world.now().milliseconds / 86_400_000)
        var profile = DecodingProfile.trip(today: today, identifiers: identifiers)
        profile.addOns = addOns
        self.profile = profile
        clock = world.uptimeMilliseconds
        do {
            #if DataMatrix
                decoder = try SymbolDecoder.withDataMatrix(world: world)
            #else
                decoder = try SymbolDecoder(world: world)
            #endif
        } catch {
            throw TripError(
                code: error.code.rawValue, kind: .internalDefect, message: error.message,
                mend: error.mend)
        }
    }

    func read(_ file: String) -> PictureReading {
        let start = clock()
        var reading = PictureReading(file: file)
        do {
            let picture = try Picture.open(path: file)
            reading.size = (picture.width, picture.height)
            let result = try decoder.decodeStill(
                width: picture.width, height: picture.height, profile: profile
            ) { try picture.frame(scale: $0) }
            reading.symbols = result.symbols
            reading.rejected = result.symbols.isEmpty ? result.rejected : []
            reading.steps = result.stepsRun
            reading.error = result.symbols.isEmpty ? Self.nothingRead(result) : nil
        } catch let error as PictureError {
            reading.error = Self.refusal(error)
        } catch let error as DecodingError {
            reading.error = TripError(
                code: error.code.rawValue, kind: .internalDefect, message: error.message,
                mend: error.mend)
        } catch {
            reading.error = Self.refusal(.unreadable)
        }
        reading.milliseconds = clock() - start
        return reading
    }

    private static func refusal(_ error: PictureError) -> TripError {
        let isAbsent = error.code == .notARegularFile || error.code == .unreadable
        return TripError(
            code: error.code.rawValue, kind: isAbsent ? .noInput : .data, message: error.message,
            mend: error.mend)
    }

    /// The strongest reason of what was refused, and one tip (DIAG-6).
    private static func nothingRead(_ result: DecodeResult) -> TripError {
        let diagnosis = Diagnosis(nothingAcceptedIn: result.rejected)
        return TripError(
            code: "noCode", kind: .data, message: diagnosis.headline, mend: diagnosis.mend)
    }
}
