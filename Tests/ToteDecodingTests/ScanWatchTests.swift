import Testing
import ToteDecoding
import ToteValues

@Suite("From frames to scans")
struct ScanWatchTests {
    private let coffee = "4012345000016"
    private let honey = "4012345000108"

    /// Frames that show these readings at these milliseconds; the times of what was scanned.
    private func scanTimes(
        _ frames: [(Int64, [Symbol])], _ rejected: [Int64: [Candidate]] = [:]
    ) -> [Int64] {
        var watch = ScanWatch()
        return frames.enumerated().flatMap { index, frame in
            let events = watch.take(
                sequence: UInt64(index), at: Moment(milliseconds: frame.0), symbols: frame.1,
                rejected: rejected[frame.0] ?? [])
            return events.scans.map { _ in frame.0 }
        }
    }

    private func candidates(_ frames: [(Int64, Candidate)]) -> [Int64] {
        scanTimes(
            frames.map { ($0.0, []) }, Dictionary(frames.map { ($0.0, [$0.1]) }) { $0 + $1 })
    }

    @Test("seen, lost for half a second, seen again, gone and back: two scans (VID-2)")
    func workedExample() {
        let code = [Film.symbol(coffee)]
        var frames: [(Int64, [Symbol])] = [(0, code), (100, code), (200, code)]
        frames += [300, 400, 500, 600].map { ($0, []) }
        frames += [700, 800, 900, 1000].map { ($0, code) }
        frames += (1...9).map { (1000 + 110 * $0, []) }
        frames.append((2100, code))
        #expect(scanTimes(frames) == [0, 2100])
    }

    @Test("a code left in view for a minute is one scan")
    func staysInView() {
        #expect(scanTimes((0..<600).map { (100 * $0, [Film.symbol(coffee)]) }) == [0])
    }

    @Test("it takes both: three frames and 0.8 s without the code")
    func rearming() {
        let code = [Film.symbol(coffee)]
        #expect(scanTimes([(0, code), (500, []), (1000, []), (1100, code)]) == [0])
        #expect(scanTimes([(0, code), (100, []), (200, []), (799, []), (810, code)]) == [0])
        #expect(scanTimes([(0, code), (100, []), (200, []), (800, []), (810, code)]) == [0, 810])
    }

    @Test("a camera that stalls makes no second scan (VID-3)", arguments: [1900, 2001, 3_600_000])
    func stall(_ pause: Int64) {
        let code = [Film.symbol(coffee)]
        #expect(scanTimes([(0, code), (pause, code), (2 * pause, code)]) == [0])
        // Three empty frames at once and then a long wait are no absence either.
        #expect(
            scanTimes([(0, code), (10, []), (20, []), (30, []), (30 + pause, code)]) == [0])
    }

    @Test("after a pause the code must be missed anew")
    func afterPause() {
        let code = [Film.symbol(coffee)]
        let start: [(Int64, [Symbol])] = [(0, code), (5000, []), (5100, []), (5200, [])]
        #expect(scanTimes(start + [(5300, code)]) == [0])
        #expect(scanTimes(start + [(5800, []), (5900, code)]) == [0, 5900])
    }

    @Test("time that goes backwards is no absence, and a frame handed in twice is one")
    func strangeTime() {
        let code = [Film.symbol(coffee)]
        #expect(
            scanTimes([(9000, code), (1000, []), (500, []), (100, []), (110, code)]) == [9000])
        #expect(
            scanTimes([(.min, code), (.max, []), (.min, []), (.max, []), (0, code)]) == [.min])
        var watch = ScanWatch()
        let frame = FilmFrame(
            sequence: 7, milliseconds: 0, rejected: [Film.candidate(coffee, votes: 2)])
        #expect(frame.shown(to: &watch).isEmpty)
        #expect(frame.shown(to: &watch).isEmpty)
        var older = frame
        older.sequence = 6
        #expect(older.shown(to: &watch).isEmpty)
        older.sequence = 8
        #expect(older.shown(to: &watch).scans == [coffee])
    }

    @Test("codes are independent of each other")
    func independent() {
        let frames: [(Int64, [Symbol])] = (0..<30).map { index in
            (100 * Int64(index), [Film.symbol(index < 15 ? coffee : honey, at: Film.quad())])
        }
        #expect(scanTimes(frames) == [0, 1500])
        let both = [Film.symbol(coffee), Film.symbol(honey, at: Film.quad(600))]
        #expect(scanTimes([(0, both), (100, both)]) == [0, 0])
    }

    @Test("votes of two frames add up, those of one frame or of long ago do not (VID-1)")
    func votes() {
        let two = Film.candidate(coffee, votes: 2)
        #expect(candidates([(0, two), (1000, two)]) == [1000])
        #expect(candidates([(0, two), (1001, two)]) == [])
        #expect(
            candidates([(0, two), (500, Film.candidate(honey, votes: 0)), (900, two)]) == [900])
        #expect(candidates([(0, Film.candidate(coffee, votes: 99))]) == [])
        let one = Film.candidate(coffee, votes: 1)
        #expect(candidates([(0, one), (10, one), (20, one)]) == [20])
    }

    @Test(
        "refusals for form, content or contradiction never add up",
        arguments: [Candidate.Reason.checkDigit, .length, .content, .contradiction])
    func otherReasons(_ reason: Candidate.Reason) {
        let candidate = Film.candidate(coffee, votes: 50, reason: reason)
        #expect(candidates((0..<20).map { (50 * $0, candidate) }) == [])
    }

    @Test("what more of the same does not help stays refused")
    func oneSided() {
        let half = Film.candidate("01234565", .upcE, votes: 9, needed: nil)
        #expect(candidates((0..<20).map { (50 * $0, half) }) == [])
    }

    @Test("two readings of one place confirm neither, until one has three times the votes")
    func contradiction() {
        let truth = Film.candidate("5000213002834", votes: 2)
        let mutant = Film.candidate("9074932437075", votes: 2)
        #expect(candidates([(0, truth), (50, mutant), (100, truth), (150, mutant)]) == [])
        #expect(
            candidates([(0, mutant), (50, truth), (100, truth), (150, truth), (200, truth)]) == [
                150
            ]
        )
    }

    @Test("a short code inside a long one is not confirmed beside it")
    func part() {
        let short = Film.candidate("40123455", .ean8, votes: 3, needed: 4)
        let whole = Film.symbol(coffee)
        var watch = ScanWatch()
        var events: [ScanEvent] = []
        for index in 0..<10 {
            let shows = index % 3 == 0
            events += FilmFrame(
                sequence: UInt64(index), milliseconds: 50 * Int64(index),
                symbols: shows ? [whole] : [], rejected: shows ? [] : [short]
            ).shown(to: &watch)
        }
        #expect(events.scans == [coffee])
    }

    @Test("an accepted reading whose right half is that of the code in view waits (DEC-14)")
    func mutant() {
        let truth = [Film.symbol("5000213002834", votes: 40)]
        let mutant = [Film.symbol("2041813002834", votes: 5, at: Film.quad(500, 300))]
        #expect(scanTimes([(0, truth), (100, mutant), (200, truth), (300, mutant)]) == [0])
    }

    @Test("a mutant that comes back for long after the code has gone is one scan of its own")
    func mutantAlone() {
        let truth = [Film.symbol("5000213002834", votes: 10)]
        let other = [Film.symbol("2041813002834", votes: 10)]
        #expect(scanTimes([(0, truth), (500, []), (1600, other)]) == [0, 1600])
    }

    @Test("two packs side by side offer a quantity, once, and add nothing (VID-4)")
    func sideBySide() {
        var watch = ScanWatch()
        let one = Film.symbol(coffee)
        let beside = Film.symbol(coffee, at: Film.quad(500))
        let near = Film.symbol(coffee, at: Film.quad(180))
        var events: [[ScanEvent]] = []
        for (index, symbols) in [[one], [one, near], [one, beside], [one, beside]].enumerated() {
            events.append(
                watch.take(
                    sequence: UInt64(index), at: Moment(milliseconds: 100 * Int64(index)),
                    symbols: symbols))
        }
        #expect(events.map(\.count) == [1, 0, 1, 0])
        guard case .severalInView(_, let symbol, let count)? = events[2].first else {
            Issue.record("no offer")
            return
        }
        #expect(symbol.text == coffee)
        #expect(count == 2)
    }

    @Test("the same again is offered while the code is held")
    func sameAgain() {
        var watch = ScanWatch()
        #expect(watch.sameAgain == nil)
        for index in 0..<12 {
            _ = watch.take(
                sequence: UInt64(index), at: Moment(milliseconds: 100 * Int64(index)),
                symbols: index < 2 ? [Film.symbol(coffee)] : [])
            #expect(watch.sameAgain?.text == (index < 9 ? coffee : nil), "\(index)")
        }
    }

    @Test("a pack with two codes of one article is one scan")
    func dualMarked() {
        var watch = ScanWatch { _, _, bytes in bytes.contains(0x2F) ? "coffee" : nil }
        let link = Film.symbol("https://id.gs1.org/01/04012345000016", .qr, aim: "]Q1")
        let other = Film.symbol("//coffee", .qr, aim: "]Q1", at: Film.quad(600))
        #expect(
            watch.take(sequence: 0, at: Moment(milliseconds: 0), symbols: [link, other]).scans
                == [link.text])
        #expect(
            watch.take(sequence: 1, at: Moment(milliseconds: 100), symbols: [other]).isEmpty)
    }
}
