import FoundationEssentials
import ToteBarcodes
import ToteDecoding
import TotePictures
import ToteValues

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Tote's decoder as the corpus is judged with it: frames in memory, thread CPU time, best of some
/// rounds (COR-5).
struct PhotoEngine {
    struct Reading {
        var answers: [PhotoRules.Answer]
        var symbols: [Symbol]
        var rejected: [Candidate]
        var stepsRun: [String]
        var milliseconds: Double
    }

    private let decoder: SymbolDecoder
    private let rounds: Int

    init(rounds: Int) throws {
        decoder = try SymbolDecoder()
        self.rounds = max(1, rounds)
    }

    /// The corpus has ITF of 8, 10 and 14 digits (COR-4).
    static let profile = DecodingProfile(itfLengths: [8, 10, 14]) { _, bytes in
        ElementString.isWellFormed(bytes, today: today)
    }

    /// 2026-06-30, the day of the vectors (VEC-1); it only settles centuries.
    private static let today = CalendarDay(daysSince1970: 20_634)

    func read(_ path: String) throws -> Reading {
        let picture = try Picture.open(path: path)
        var frames: [FrameScale: Frame] = [:]
        for scale in SymbolDecoder.scales(width: picture.width, height: picture.height) {
            frames[scale] = try picture.frame(scale: scale)
        }
        var best = Double.infinity
        var result = DecodeResult()
        for _ in 0..<rounds {
            let start = Self.threadMilliseconds()
            result = try decoder.decodeStill(
                width: picture.width, height: picture.height, profile: Self.profile
            ) { scale in
                guard let frame = frames[scale] else { throw DecodingError.badFrame }
                return frame
            }
            best = min(best, Self.threadMilliseconds() - start)
        }
        return Reading(
            answers: result.symbols.map {
                PhotoRules.Answer(symbology: $0.symbology.name, text: $0.text)
            },
            symbols: result.symbols, rejected: result.rejected, stepsRun: result.stepsRun,
            milliseconds: best)
    }

    static func threadMilliseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
    }
}
