import Testing
import ToteDecoding
import ToteValues

/// Random streams with a seed, held against a second way to say what a re-arm is.
@Suite("Random streams of frames")
struct ScanWatchPropertyTests {
    private static let texts = ["4012345000016", "4012345000108", "4012345000115"]

    /// Mostly a camera's pace; now and then a stall, a pause, a clock set back, a frame repeated.
    private func film(_ seed: UInt64) -> [FilmFrame] {
        var chance = SeededChance(seed: seed)
        var frames: [FilmFrame] = []
        var sequence: UInt64 = 0
        var milliseconds: Int64 = 1_800_000_000_000
        var isThere = [false, false, false]
        for _ in 0..<400 {
            switch chance.next() % 40 {
            case 0: milliseconds += Int64(chance.next() % 10_000)
            case 1: milliseconds -= Int64(chance.next() % 10_000)
            case 2: milliseconds += 0
            default: milliseconds += 20 + Int64(chance.next() % 200)
            }
            if chance.next() % 20 != 0 { sequence += 1 + chance.next() % 3 }
            let flip = Int(chance.next() % 24)
            if flip < 3 { isThere[flip].toggle() }
            var frame = FilmFrame(sequence: sequence, milliseconds: milliseconds)
            for (index, text) in Self.texts.enumerated() where isThere[index] {
                let quad = Film.quad(300 * Double(index), 40 * Double(chance.next() % 3))
                switch chance.next() % 4 {
                case 0: break
                case 1: frame.rejected.append(Film.candidate(text, votes: 2, at: quad))
                default: frame.symbols.append(Film.symbol(text, at: quad))
                }
            }
            frames.append(frame)
        }
        return frames
    }

    /// Whether `text` was away between two frames for 3 decoded frames and 0.8 s of frames that
    /// follow each other.
    private func wasAway(_ text: String, in frames: ArraySlice<FilmFrame>) -> Bool {
        var count = 0
        var away: Int64 = 0
        for (before, frame) in zip(frames, frames.dropFirst()) {
            let texts =
                frame.symbols.map(\.text)
                + frame.rejected.map { String(decoding: $0.bytes, as: UTF8.self) }
            if texts.contains(text) {
                count = 0
                away = 0
                continue
            }
            count += 1
            let step = frame.milliseconds - before.milliseconds
            if (0...2000).contains(step) { away += step }
            if count >= 3, away >= 800 { return true }
        }
        return false
    }

    @Test("no code is scanned twice without having been away", arguments: 0..<60 as Range<UInt64>)
    func neverTwice(_ seed: UInt64) {
        var watch = ScanWatch()
        var seen: [FilmFrame] = []
        var lastScan: [String: Int] = [:]
        for frame in film(seed) {
            let isNew = seen.last.map { frame.sequence > $0.sequence } ?? true
            let scans = frame.shown(to: &watch).scans
            #expect(isNew || scans.isEmpty)
            if isNew { seen.append(frame) }
            #expect(Set(scans).count == scans.count)
            for text in scans {
                if let last = lastScan[text] {
                    #expect(wasAway(text, in: seen[last...]), "\(text) at \(seen.count)")
                }
                lastScan[text] = seen.count - 1
            }
        }
        #expect(lastScan.count == Self.texts.count)
    }

    @Test("what a frame accepts is held afterwards", arguments: 100..<120 as Range<UInt64>)
    func nothingMissed(_ seed: UInt64) {
        var watch = ScanWatch()
        var last: FilmFrame?
        var scanned: Set<String> = []
        for frame in film(seed) where last.map({ frame.sequence > $0.sequence }) ?? true {
            scanned.formUnion(frame.shown(to: &watch).scans)
            #expect(scanned.isSuperset(of: frame.symbols.map(\.text)))
            last = frame
        }
    }

    @Test("the same stream gives the same events")
    func deterministic() {
        let events = (0..<2).map { _ in
            var watch = ScanWatch()
            return film(5).flatMap { $0.shown(to: &watch) }
        }
        #expect(events[0] == events[1])
    }
}
