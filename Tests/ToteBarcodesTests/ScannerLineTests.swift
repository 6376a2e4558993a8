import Testing
import ToteBarcodes
import ToteValues

@Suite("Lines of a scanner")
struct ScannerLineTests {
    private typealias Event = ScannerLine.Event

    /// Each byte so many milliseconds after the one before it.
    private func events(
        _ bytes: [UInt8], gap: Int64 = 5, device: ScannerLine.Device = .keyboard,
        separator: UInt8? = nil
    ) -> [Event] {
        var line = ScannerLine(device: device, groupSeparator: separator)
        var time: Int64 = 0
        var events: [Event] = []
        for byte in bytes {
            if let event = line.take(byte, at: time) { events.append(event) }
            time += gap
        }
        if let event = line.finish() { events.append(event) }
        return events
    }

    private func inputs(_ events: [Event]) -> [ScanInput] {
        events.compactMap { if case .line(let line) = $0 { line.input } else { nil } }
    }

    private func texts(_ events: [Event]) -> [String] {
        inputs(events).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test("CR, LF, CR LF and TAB end a line, and the last may have no end (VID-7)")
    func ends() {
        let bytes = Array(
            "4012345000016\r4012345000108\n4012345000115\r\n40123455\t\n\r012345".utf8)
        #expect(
            texts(events(bytes)) == [
                "4012345000016", "4012345000108", "4012345000115", "40123455", "012345",
            ])
        #expect(events([]) == [])
        #expect(events(Array("\r\n\t\n".utf8)) == [])
    }

    @Test("8,192 bytes are a line; of a longer one nothing is left, and the next is read")
    func long() {
        let longest = [UInt8](repeating: 0x34, count: 8192)
        let read = events(
            longest + [0x0A] + longest + [0x34] + longest + Array("\nnext one\n".utf8))
        #expect(read.count == 3)
        #expect(inputs(read).map(\.bytes.count) == [8192, 8])
        #expect(read[1] == .lineTooLong)
    }

    @Test("an identifier in front is taken as such (VID-7)")
    func identifier() throws {
        let input = try #require(inputs(events(Array("]C10104012345000016\r".utf8))).first)
        #expect(input.aim == SymbologyIdentifier("C", "1"))
        #expect(input.bytes == Array("0104012345000016".utf8))
        #expect(input.source == .scanner)
        #expect(try #require(inputs(events(Array("]C\r".utf8))).first).aim == nil)
    }

    @Test("a scan is understood as the symbol itself would be")
    func understood() throws {
        let line = Array("]C101040123450000163103000750\u{1D}10A1\r".utf8)
        let input = try #require(inputs(events(line)).first)
        let code = try interpret(input, rules: Fixtures.rules(), today: Fixtures.today)
        #expect(code.measure?.kind == .mass(grams: 750))
        #expect(code.source == .scanner)
    }

    @Test("GS comes as itself or as what the scanner is set to, never as a guess")
    func groupSeparator() throws {
        let line = Array("]C110A1~17271231\r".utf8)
        #expect(texts(events(line)) == ["10A1~17271231"])
        #expect(texts(events(line, separator: 0x7E)) == ["10A1\u{1D}17271231"])
        #expect(
            texts(events(Array("10A1~17271231\r".utf8), separator: 0x7E)) == ["10A1\u{1D}17271231"])
        #expect(texts(events(Array("]Q1see ~you\r".utf8), separator: 0x7E)) == ["see ~you"])
    }

    @Test(
        "six characters with gaps of 50 ms are a scanner's, slower or shorter ones are typed (VID-8)",
        arguments: [
            ("401234", Int64(50), ScanSource.scanner), ("401234", 51, .typed),
            ("40123", 1, .typed), ("4012345000016", 0, .scanner), ("4012345000016", 120, .typed),
        ])
    func speed(text: String, gap: Int64, source: ScanSource) throws {
        let bytes = Array(text.utf8) + [0x0D]
        #expect(try #require(inputs(events(bytes, gap: gap)).first).source == source)
        #expect(
            try #require(inputs(events(bytes, gap: gap, device: .scanner)).first).source == .scanner
        )
    }

    @Test("one slow key, before or at the end mark, makes a line typed")
    func slowKey() {
        for slow in [3, 13] {
            var line = ScannerLine(device: .keyboard)
            var source: ScanSource?
            for (index, byte) in Array("4012345000016\r".utf8).enumerated() {
                let time = Int64(index) + (index >= slow ? 400 : 0)
                if case .line(let line)? = line.take(byte, at: time) { source = line.input.source }
            }
            #expect(source == .typed, "\(slow)")
        }
    }

    @Test("typed lines must be ASCII, a scanner's need not be")
    func ascii() throws {
        for (gap, isRefused) in [(Int64(200), true), (1, false)] {
            let input = try #require(inputs(events(Array("grün-12\r".utf8), gap: gap)).first)
            let code = try? interpret(input, rules: Fixtures.rules(), today: Fixtures.today)
            #expect((code == nil) == isRefused)
        }
    }

    /// The same line twice, the second so many milliseconds after the end of the first.
    private func twice(
        _ text: String, after pause: Int64, gap: Int64 = 5, device: ScannerLine.Device = .keyboard
    ) -> [Event] {
        var line = ScannerLine(device: device)
        var time: Int64 = 0
        var events: [Event] = []
        for _ in 0..<2 {
            for byte in Array(text.utf8) {
                if let event = line.take(byte, at: time) { events.append(event) }
                time += gap
            }
            time += pause - gap
        }
        return events
    }

    @Test("the same line again within 150 ms is one, later it is two (VID-8)")
    func doubleTransmission() {
        #expect(inputs(twice("4012345000016\r", after: 150)).count == 1)
        #expect(inputs(twice("4012345000016\r", after: 151)).count == 2)
        #expect(inputs(twice("AB12\r", after: 100, device: .scanner)).count == 1)
        #expect(inputs(twice("4012345000016\r4012345000108\r", after: 5)).count == 4)
    }

    @Test("what is typed is never taken for a double transmission")
    func typedTwice() {
        #expect(inputs(twice("4011\r", after: 60)).count == 2)
        #expect(inputs(twice("4012345000016\r", after: 100, gap: 60)).count == 2)
    }

    @Test("three of one line at once are one")
    func triple() {
        var line = ScannerLine(device: .scanner)
        let sent = Array("4012345000016\r\n4012345000016\r\n4012345000016\r\n".utf8)
        let events = line.take(sent, at: 0)
        #expect(inputs(events).count == 1)
        #expect(events.count == 3)
        #expect(inputs(line.take(Array("4012345000016\r".utf8), at: 500)).count == 1)
    }

    @Test("time that goes backwards makes no scanner and no double")
    func strangeTime() {
        var line = ScannerLine(device: .keyboard)
        for (index, byte) in Array("4012345".utf8).enumerated() {
            #expect(line.take(byte, at: index % 2 == 0 ? .max : .min) == nil)
        }
        guard case .line(let read)? = line.take(0x0D, at: 0) else {
            Issue.record("no line")
            return
        }
        #expect(read.input.source == .typed)
    }

    @Test("random bytes give lines within the limits and no more")
    func anything() {
        var chance = SeededChance(seed: 8)
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...400, using: &chance)).map { _ in
                UInt8.random(in: 0...255, using: &chance)
            }
            let inputs = inputs(events(bytes, gap: Int64.random(in: 0...80, using: &chance)))
            #expect(inputs.allSatisfy { $0.bytes.count <= bytes.count })
        }
    }
}
