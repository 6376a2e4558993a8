import Testing
import ToteDecoding
import ToteValues

@Suite("Acceptance of readings")
struct AcceptanceTests {
    private let rules = AcceptanceRules(profile: .retail)

    private func quad(_ x: Double, _ y: Double, _ width: Double = 200, _ height: Double = 80)
        -> Quad
    {
        Quad(
            topLeft: PicturePoint(x: x, y: y), topRight: PicturePoint(x: x + width, y: y),
            bottomRight: PicturePoint(x: x + width, y: y + height),
            bottomLeft: PicturePoint(x: x, y: y + height))
    }

    private func reading(
        _ symbology: Symbology, _ text: String, votes: Int, at quad: Quad? = nil, gs1: Bool = false
    ) -> Reading {
        Reading(
            symbology: symbology, bytes: Array(text.utf8), isGS1: gs1, votes: votes,
            quad: quad ?? self.quad(100, 100))
    }

    private func accepted(_ readings: [Reading]) -> [String] {
        rules.judge(readings).accepted.map { String(decoding: $0.reading.bytes, as: UTF8.self) }
    }

    private func reason(_ reading: Reading) -> Candidate.Reason? {
        rules.judge([reading]).rejected.first?.reason
    }

    @Test(
        "one vote less than the symbology needs is refused",
        arguments: [
            (Symbology.ean13, "4012345000016", 3), (.ean8, "40123455", 4), (.upcE, "01234565", 5),
            (.dataBar, "0104012345000078", 2), (.code128, "M-20417358", 2), (.code39, "PLU4011", 3),
            (.itf, "14012345000013", 4), (.codabar, "A20417358B", 3),
        ])
    func votes(_ symbology: Symbology, _ text: String, _ needed: Int) {
        #expect(accepted([reading(symbology, text, votes: needed)]) == [text])
        #expect(reason(reading(symbology, text, votes: needed - 1)) == .votes)
    }

    @Test("what the reader of the whole picture says outweighs any number of lines")
    func witness() {
        let lines = reading(.ean13, "2041813002834", votes: 34)
        var whole = reading(.ean13, "5000213002834", votes: 5)
        #expect(accepted([lines, whole]) == ["2041813002834"])
        whole.readers = .own
        #expect(accepted([lines, whole]) == ["5000213002834"])
        #expect(rules.judge([lines, whole]).rejected.map(\.reason) == [.contradiction])
        // Two that look at the whole and disagree: neither, but for a clear majority.
        var other = reading(.ean13, "2041813002834", votes: 14)
        other.readers = .both
        #expect(accepted([other, whole]).isEmpty)
    }

    @Test("lines are not believed about bars that were seen to be no code")
    func denial() {
        var pool = ReadingPool()
        pool.add(reading(.ean13, "4012345000016", votes: 30))
        pool.add(reading(.ean13, "4006381333931", votes: 30, at: quad(100, 400)))
        pool.deny(reading(.ean13, "4012345000016", votes: 1))
        #expect(accepted(pool.readings) == ["4006381333931"])
        // Further lines change nothing, our own reader does.
        pool.add(reading(.ean13, "4012345000016", votes: 30))
        #expect(accepted(pool.readings) == ["4006381333931"])
        var own = reading(.ean13, "4012345000016", votes: 5)
        own.readers = .own
        pool.add(own)
        #expect(accepted(pool.readings).contains("4012345000016"))
    }

    @Test("what was denied in one place may stand in another")
    func denialOfPlace() {
        var pool = ReadingPool()
        pool.add(reading(.ean13, "4012345000016", votes: 30))
        pool.add(reading(.ean13, "4012345000016", votes: 30, at: quad(100, 900)))
        pool.deny(reading(.ean13, "4012345000016", votes: 1))
        #expect(accepted(pool.readings) == ["4012345000016"])
    }

    @Test("a line that stands twice in the picture is one vote")
    func copies() {
        let points = (0..<9).flatMap { line in
            [PicturePoint(x: 4, y: Double(line)), PicturePoint(x: 90, y: Double(line))]
        }
        let find = Find(
            symbology: .ean13, bytes: Array("4012345000016".utf8), votes: 9, points: points)
        let image = GreyImage(pixels: [UInt8](repeating: 0, count: 1200), width: 100, height: 12)
        let once = Reading(find, on: image, step: .crop, isCut: true)
        let twice = Reading(find, on: image, step: .cropEqualised, isCut: true)
        #expect((once.votes, once.lines) == (9, 9))
        #expect((twice.votes, twice.lines) == (5, 5))
    }

    @Test("one reading is enough where the symbol or its content checks itself")
    func selfChecking() {
        #expect(accepted([reading(.qr, "x", votes: 1)]) == ["x"])
        let lot = "010401234500001610A"
        #expect(accepted([reading(.code128, lot, votes: 1, gs1: true)]) == [lot])
        #expect(reason(reading(.code128, lot, votes: 1)) == .votes)
        #expect(reason(reading(.code128, "99X", votes: 1, gs1: true)) == .votes)
    }

    @Test(
        "a wrong check digit is refused whatever the votes",
        arguments: [
            (Symbology.ean13, "4012345000064"), (.ean8, "40123456"), (.upcE, "01234566"),
            (.upcE, "21234565"), (.dataBar, "0104012345000077"), (.itf, "14012345000014"),
        ])
    func checkDigits(_ symbology: Symbology, _ text: String) {
        #expect(reason(reading(symbology, text, votes: 600)) == .checkDigit)
    }

    @Test(
        "a wrong length is refused whatever the votes",
        arguments: [
            (Symbology.itf, "901985"), (.itf, "0001234567"), (.code39, "AB"), (.codabar, "A12B"),
            (.dataBar, "04012345000078"), (.ean13, "401234500001"), (.qr, ""),
        ])
    func lengths(_ symbology: Symbology, _ text: String) {
        #expect(reason(reading(symbology, text, votes: 600)) == .length)
    }

    @Test("DataBar Expanded passes only if its content makes sense")
    func content() {
        #expect(
            accepted([reading(.dataBarExpanded, "01040123450000543103000750", votes: 1)]).count == 1
        )
        #expect(reason(reading(.dataBarExpanded, "1235KA", votes: 9)) == .content)
        let strict = DecodingProfile(contentCheck: { _, _ in false })
        let verdict = AcceptanceRules(profile: strict)
            .judge([reading(.dataBarExpanded, "01040123450000543103000750", votes: 9)])
        #expect(verdict.rejected.map(\.reason) == [.content])
    }

    @Test("a misread left half contradicts the right code, even beside it")
    func sharedTail() {
        let right = reading(.ean13, "5000213002834", votes: 4)
        let wrong = reading(.ean13, "2041813002834", votes: 3, at: quad(900, 900))
        let verdict = rules.judge([right, wrong])
        #expect(verdict.accepted.isEmpty)
        #expect(verdict.rejected.map(\.reason) == [.contradiction, .contradiction])
    }

    @Test("a misread with a valid check digit is outvoted three to one, not two to one")
    func clearMajority() {
        let wrong = reading(.ean13, "9074932437075", votes: 4)
        #expect(accepted([reading(.ean13, "0023942431015", votes: 11), wrong]).isEmpty)
        let verdict = rules.judge([reading(.ean13, "0023942431015", votes: 12), wrong])
        #expect(verdict.accepted.map(\.rejectedRivals) == [1])
        #expect(verdict.rejected.map(\.reason) == [.contradiction])
    }

    @Test("two codes apart both stand, most votes first")
    func apart() {
        let one = reading(.ean13, "4012345000115", votes: 5)
        let two = reading(.ean13, "4012345000122", votes: 9, at: quad(100, 260))
        #expect(accepted([one, two]) == ["4012345000122", "4012345000115"])
    }

    @Test("a code between two equal ones is no contradiction, though zbar's box spans it")
    func between() {
        let outer = quad(100, 100).corners + quad(100, 500).corners
        let pair = Reading(
            symbology: .ean13, bytes: Array("4012345000115".utf8), votes: 20,
            quad: quad(100, 100, 200, 480), points: outer)
        let middle = reading(.ean13, "4012345000122", votes: 9, at: quad(100, 300))
        #expect(accepted([pair, middle]).count == 2)
    }

    @Test("a stray scan line on a neighbour is no contradiction")
    func stray() {
        let rows = (0..<10).flatMap { row in
            [100.0, 300.0].map { PicturePoint(x: $0, y: 100 + 4 * Double(row)) }
        }
        let first = Reading(
            symbology: .ean13, bytes: Array("4012345000115".utf8), votes: 21,
            quad: quad(100, 100), points: rows + [PicturePoint(x: 300, y: 165)])
        let below = rows.map { PicturePoint(x: $0.x, y: $0.y + 64) }
        let second = Reading(
            symbology: .ean13, bytes: Array("4012345000122".utf8), votes: 20,
            quad: quad(100, 164), points: below)
        #expect(accepted([first, second]).count == 2)
        #expect(accepted([second, first]).count == 2)
    }

    @Test("a UPC-E or EAN-8 inside an EAN-13 is a part of it")
    func parts() {
        let whole = reading(.ean13, "0012546619592", votes: 1)
        let upce = reading(.upcE, "01234565", votes: 50, at: quad(120, 110, 90, 60))
        let ean8 = reading(.ean8, "40123455", votes: 50, at: quad(210, 110, 90, 60))
        #expect(accepted([whole, upce, ean8]).isEmpty)
        let known = reading(.upcE, "02212166", votes: 50, at: quad(300, 120, 40, 40))
        #expect(accepted([whole, known]).isEmpty)
        let away = reading(.ean8, "40123455", votes: 50, at: quad(600, 110, 90, 60))
        #expect(accepted([whole, away]) == ["40123455"])
    }

    @Test("a UPC-E seen by lines of one direction only is bars inside a UPC-A")
    func oneSided() {
        let ends = stride(from: 115.0, through: 123, by: 2).map { PicturePoint(x: 111, y: $0) }
        let misread = Reading(
            symbology: .upcE, bytes: Array("02212166".utf8), votes: 6, quad: quad(111, 115, 0, 8),
            points: ends)
        #expect(accepted([misread]).isEmpty)
        #expect(accepted([reading(.upcE, "02212166", votes: 6)]).count == 1)
    }

    @Test("a short ITF that is a part of a longer one is dropped")
    func partOfITF() {
        var profile = DecodingProfile.retail
        profile.itfLengths = [10, 14]
        let verdict = AcceptanceRules(profile: profile).judge([
            reading(.itf, "00012345678905", votes: 2), reading(.itf, "0001234567", votes: 90),
        ])
        #expect(verdict.accepted.isEmpty)
        #expect(verdict.rejected.map(\.reason) == [.contradiction, .votes])
    }

    @Test("an ITF without a check digit needs most of the lines it spans, a longer one does not")
    func thinITF() {
        let rules = AcceptanceRules(profile: DecodingProfile(itfLengths: [10, 14]))
        func accepted(_ text: String, lines: Int) -> Bool {
            let reading = Reading(
                symbology: .itf, bytes: Array(text.utf8), votes: 7, lines: lines,
                quad: quad(100, 100))
            return !rules.judge([reading]).accepted.isEmpty
        }
        #expect(accepted("0829220876", lines: 21))
        #expect(!accepted("0829220876", lines: 22))
        #expect(accepted("14012345000013", lines: 40))
    }

    @Test("a find spans the lines between its first and its last")
    func spannedLines() {
        let ends = [12.0, 14, 21].map { PicturePoint(x: 300, y: $0) }
        var find = Find(symbology: .itf, bytes: [], votes: 3, points: ends, orientation: 180)
        #expect(find.spannedLines == 10)
        find.orientation = 90
        #expect(find.spannedLines == 3)
    }

    @Test(
        "bars are one code: the symbology that checks itself better stands",
        arguments: [
            (Symbology.itf, "00123456"), (.itf, "14012345000013"), (.code39, "ABC"),
            (.codabar, "A20417358B"), (.ean8, "40123455"),
        ])
    func oneCode(_ symbology: Symbology, _ text: String) {
        let rules = AcceptanceRules(profile: DecodingProfile(itfLengths: [8, 14]))
        let right = reading(.code128, "M-20417358", votes: 3)
        let inside = reading(symbology, text, votes: 50, at: quad(140, 110, 120, 60))
        let verdict = rules.judge([right, inside])
        #expect(verdict.accepted.map(\.reading.symbology) == [.code128])
        #expect(verdict.rejected.map(\.reason) == [.contradiction])
        let below = reading(symbology, text, votes: 50, at: quad(140, 190, 120, 60))
        #expect(rules.judge([right, below]).accepted.count == 2)
        let unsure = reading(.code128, "M-20417358", votes: 1)
        #expect(rules.judge([unsure, inside]).accepted.map(\.reading.symbology) == [symbology])
    }

    @Test("two symbologies alike on one place contradict each other")
    func alike() {
        let one = reading(.code39, "ABC", votes: 8)
        let other = reading(.codabar, "A20417358B", votes: 3)
        #expect(
            rules.judge([one, other]).rejected.map(\.reason) == [.contradiction, .contradiction])
        let clear = reading(.code39, "ABC", votes: 9)
        #expect(accepted([clear, other]) == ["ABC"])
    }

    @Test("votes of one code on one place add up, apart they are two codes")
    func pool() {
        var pool = ReadingPool()
        pool.add(reading(.ean13, "4012345000016", votes: 2))
        pool.add(reading(.ean13, "4012345000016", votes: 1, at: quad(110, 96)))
        pool.add(reading(.ean13, "4012345000016", votes: 1, at: quad(110, 400)))
        #expect(pool.readings.map(\.votes) == [3, 1])
    }

    @Test("an order of readings does not change the verdict")
    func order() {
        let readings = [
            reading(.ean13, "4012345000115", votes: 5),
            reading(.ean13, "4012345000122", votes: 5, at: quad(100, 260)),
            reading(.qr, "x", votes: 1, at: quad(500, 500)),
        ]
        #expect(accepted(readings) == accepted(readings.reversed()))
    }
}
