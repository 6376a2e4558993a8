import ToteBarcodes
import ToteDataMatrix
package import ToteDecoding
import TotePictures
package import ToteValues

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Tote's decoder as the corpus is judged with it: frames in memory, thread CPU time, best of some
/// rounds (COR-5).
package struct PhotoEngine {
    /// A picture with its frames at all scales that the decoder may ask for.
    package struct Loaded {
        var width: Int
        var height: Int
        var frames: [FrameScale: Frame]

        /// - Throws: `PictureError`.
        package init(_ bytes: [UInt8]) throws {
            try self.init(Picture(bytes: bytes))
        }

        /// - Throws: `PictureError`.
        package init(path: String) throws {
            try self.init(Picture.open(path: path))
        }

        private init(_ picture: Picture) throws {
            width = picture.width
            height = picture.height
            frames = [:]
            for scale in SymbolDecoder.scales(width: width, height: height) {
                frames[scale] = try picture.frame(scale: scale)
            }
        }
    }

    private let decoder: SymbolDecoder
    private let profile: DecodingProfile

    /// - Parameter addOns: asks for the add-on of every EAN-13, whatever its prefix.
    /// - Throws: `DecodingError`.
    package init(addOns: Bool = false) throws {
        decoder = try Self.decoder()
        var profile = Self.profile
        if addOns { profile.addOns = .read(prefixes: [""]) }
        self.profile = profile
    }

    /// The decoder that `tote` has, with its optional readers.
    package static func decoder() throws -> SymbolDecoder {
        #if DataMatrix
            try SymbolDecoder.withDataMatrix()
        #else
            try SymbolDecoder()
        #endif
    }

    /// The corpus has ITF of 8, 10 and 14 digits (COR-4).
    package static let profile = DecodingProfile(itfLengths: [8, 10, 14]) { _, bytes in
        ElementString.isWellFormed(bytes, today: today)
    }

    /// 2026-06-30, the day of the vectors (VEC-1); it only settles centuries.
    private static let today = CalendarDay(daysSince1970: 20_634)

    /// From the bytes of a picture file to its codes, each scale made when it is asked for.
    package func scan(_ bytes: [UInt8]) throws -> DecodeResult {
        let picture = try Picture(bytes: bytes)
        return try decoder.decodeStill(
            width: picture.width, height: picture.height, profile: profile,
            frame: picture.frame)
    }

    package func decode(_ loaded: Loaded) throws -> DecodeResult {
        try decoder.decodeStill(
            width: loaded.width, height: loaded.height, profile: profile
        ) { scale in
            guard let frame = loaded.frames[scale] else { throw DecodingError.badFrame }
            return frame
        }
    }

    /// The result and the best thread CPU time of `rounds`, ms.
    package func decode(
        _ loaded: Loaded, rounds: Int
    ) throws -> (result: DecodeResult, milliseconds: Double) {
        var best = Double.infinity
        var result = DecodeResult()
        for _ in 0..<max(1, rounds) {
            let start = Self.threadMilliseconds()
            result = try decode(loaded)
            best = min(best, Self.threadMilliseconds() - start)
        }
        return (result, best)
    }

    package static func threadMilliseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
    }
}

extension PhotoRules.Answer {
    package init(_ symbol: Symbol) {
        self.init(symbology: symbol.symbology.name, text: symbol.text)
    }
}
