import Testing
import ToteDataMatrix

@Suite("Data Matrix by the standard")
struct DataMatrixFormTests {
    @Test("every size places each bit of its words once", arguments: DataMatrixSize.all)
    func placement(_ size: DataMatrixSize) {
        let words = DataMatrixPlacement.modules(rows: size.dataRows, columns: size.dataColumns)
        #expect(words.count == size.dataWords + size.checkWords)
        let modules = words.flatMap(\.self)
        #expect(Set(modules).count == modules.count)
        #expect(size.dataRows * size.dataColumns - modules.count < 8)
    }

    @Test(
        "words become bytes in every mode",
        arguments: [
            ([142, 164, 186, 129], "123456"), ([66, 129, 70], "A"), ([235, 125], "\u{FC}"),
            ([230, 91, 11, 254, 66], "AIMA"), ([239, 91, 11], "aim"), ([238, 89, 233, 254], "ABC"),
            ([240, 16, 21, 1], "DATA"), ([240, 16, 21, 1, 124, 66, 129], "DATAA"),
            ([231, 45, 189], "\u{FC}"), ([241, 27, 66], "A"), ([66, 67, 232, 68], "AB\u{1D}C"),
            ([236, 66], "[)>\u{1E}05\u{1D}A\u{1E}\u{04}"),
        ])
    func modes(_ words: [Int], _ text: String) throws {
        let read = try #require(DataMatrixText(words))
        #expect(read.bytes == text.unicodeScalars.map { UInt8($0.value) })
    }

    @Test("FNC1 first is GS1, second an industry's own")
    func marks() throws {
        let first = try #require(DataMatrixText([232, 66]))
        #expect(first.isGS1 && !first.isAIM)
        let second = try #require(DataMatrixText([66, 232, 67]))
        #expect(second.isAIM && !second.isGS1)
    }

    @Test("what no encoder may write is refused")
    func refusals() {
        for words in [
            [], [0], [129], [66, 0], [66, 242], [66, 129, 1, 1], [231, 44], [241, 9, 66],
        ] {
            #expect(DataMatrixText(words) == nil)
        }
    }

    @Test("random words never trap")
    func random() {
        var state: UInt64 = 7
        for _ in 0..<4000 {
            let words = (0..<12).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 56)
            }
            _ = DataMatrixText(words)
            _ = DataMatrixText([230 + words[0] % 11] + words)
        }
    }
}
