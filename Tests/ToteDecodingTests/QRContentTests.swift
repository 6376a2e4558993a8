import Testing
import ToteDecoding
import ToteValues

@Suite("Content of QR codes")
struct QRContentTests {
    /// Bits written by hand, as clause 7.4 lays them out.
    private func content(_ bits: String, version: Int = 1) throws -> QRContent? {
        var bits = bits.filter { $0 != " " }
        bits += String(repeating: "0", count: (8 - bits.count % 8) % 8)
        let digits = Array(bits)
        let bytes = stride(from: 0, to: digits.count, by: 8).map { start in
            digits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 == "1" ? 1 : 0) }
        }
        return QRContent(bytes, try #require(QRVersion(number: version)))
    }

    private func bits(_ value: Int, _ count: Int) -> String {
        let digits = String(value, radix: 2)
        return String(repeating: "0", count: count - digits.count) + digits
    }

    private func text(_ bits: String, version: Int = 1) throws -> String? {
        try content(bits, version: version).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test("digits come in threes, and the example of the standard is read")
    func numeric() throws {
        let example = "0001 0000001000 0000001100 0101011001 1000011 0000"
        #expect(try text(example) == "01234567")
        #expect(try text("0001 " + bits(1, 10) + bits(7, 4) + "0000") == "7")
        #expect(try text("0001 " + bits(4, 12) + bits(123, 10) + bits(4, 4), version: 10) == "1234")
    }

    @Test("letters come in pairs, and the example of the standard is read")
    func alphanumeric() throws {
        #expect(try text("0010 000000101 00111001110 11100111001 000010 0000") == "AC-42")
    }

    @Test("bytes are kept as they are, after an ECI too")
    func bytes() throws {
        let umlaut = "0100 " + bits(2, 8) + bits(0xC3, 8) + bits(0xBC, 8)
        #expect(try text(umlaut + "0000") == "ü")
        #expect(try text("0111 " + bits(26, 8) + umlaut) == "ü")
        #expect(try text("0111 10" + bits(899, 14) + umlaut) == "ü")
        #expect(try text("0111 110" + bits(123_456, 21) + umlaut) == "ü")
        #expect(try content("0111 111" + bits(1, 21) + umlaut) == nil)
    }

    @Test("kanji become Shift_JIS, and the examples of the standard are read")
    func kanji() throws {
        let example = "1000 00000010 0110110011111 1101010101010"
        #expect(try content(example)?.bytes == [0x93, 0x5F, 0xE4, 0xAA])
    }

    @Test("FNC1 first makes % a separator and %% a percent sign")
    func gs1() throws {
        let characters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
        let pairs = ["1%", "%A", "%2"].map { pair in
            pair.reduce(0) { $0 * 45 + (characters.firstIndex(of: $1) ?? 0) }
        }
        let segment = "0010 " + bits(6, 9) + pairs.map { bits($0, 11) }.joined()
        let found = try #require(try content("0101" + segment))
        #expect(found.isGS1 && !found.isAIM)
        #expect(found.bytes == Array("1%A\u{1D}2".utf8))
        #expect(try text(segment) == "1%%A%2")
    }

    @Test("FNC1 second writes its application indicator first")
    func aim() throws {
        let byte = "0100 " + bits(1, 8) + bits(0x78, 8)
        let digits = try #require(try content("1001" + bits(37, 8) + byte))
        #expect(digits.isAIM && digits.bytes == Array("37x".utf8))
        #expect(try text("1001" + bits(165, 8) + byte) == "Ax")
        #expect(try content("1001" + bits(120, 8) + byte) == nil)
    }

    @Test("one part of a message says which, of how many, and the parity")
    func part() throws {
        let bits = "0011 0001 0010 01011010 0100 00000001 01000001"
        let found = try #require(try content(bits))
        #expect(found.bytes == Array("A".utf8))
        #expect(found.part == SymbolPart(number: 2, count: 3, parity: 0x5A))
        #expect(try content("0100 00000001 01000001")?.part == nil)
    }

    @Test(
        "what no encoder writes is refused",
        arguments: [
            "0001 0000000011 1111101000",  // three digits: 1000
            "0010 000000010 11111101001",  // a pair of letters: 2025
            "0100 00001000 01000001",  // eight bytes, one there
            "1000 00000001 01",  // a kanji cut off
            "0110 0000", "1101 0000", "1111 0000",  // no such modes
            "0011 0010 0001 00000000 0100 00000001 01000001",  // the third part of two
            "0011 0000 0000 00000000 0100 00000001 01000001",  // the only part
            "0100 00000001 01000001 0011 0000 0001 00000000",  // a part's head behind its content
        ])
    func refuses(_ bits: String) throws {
        #expect(try content(bits) == nil)
    }

    @Test("any bytes are content or not, and never a crash")
    func anyBytes() throws {
        var chance = SeededChance(seed: 7)
        for round in 0..<2000 {
            let bytes = (0..<round % 40).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
            let version = try #require(QRVersion(number: 1 + round % 40))
            let content = QRContent(bytes, version)
            #expect(content.map { $0.bytes.count <= 4 * bytes.count + 2 } ?? true)
        }
    }

    @Test("sizes and blocks of all versions fit together, and are those of the standard")
    func versions() throws {
        for number in 1...40 {
            let version = try #require(QRVersion(number: number))
            #expect(version.dimension == 17 + 4 * number)
            for level in QRLevel.allCases {
                let correction = version.correction(level)
                let checks = correction.blocks * correction.correctionPerBlock
                #expect(correction.data + checks == version.codewords)
                #expect(correction.data >= correction.blocks)
                #expect((version.codewords + correction.blocks - 1) / correction.blocks <= 255)
            }
        }
        let known = [
            (1, 26, 19, 9), (7, 196, 156, 66), (14, 581, 461, 197), (40, 3706, 2956, 1276),
        ]
        for (number, codewords, low, high) in known {
            let version = try #require(QRVersion(number: number))
            #expect(version.codewords == codewords)
            #expect(version.correction(.low).data == low)
            #expect(version.correction(.high).data == high)
        }
        #expect(QRVersion(number: 32)?.alignmentCentres == [6, 34, 60, 86, 112, 138])
        #expect(QRVersion(number: 39)?.alignmentCentres == [6, 26, 54, 82, 110, 138, 166])
        #expect(QRVersion(number: 2)?.alignmentCentres == [6, 18])
        for number in [-1, 0, 41] { #expect(QRVersion(number: number) == nil) }
    }
}
