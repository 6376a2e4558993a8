import Testing
import ToteDecoding
import ToteValues

extension Canvas {
    /// Rows of a symbol under each other, with white around them and a white line between.
    init(rows: [DataBarModules], module: Int, rowHeight: Int) {
        let margin = 6 * module
        let widest = rows.map(\.count).max() ?? 0
        self.init(widest * module + 2 * margin, rows.count * (rowHeight + 1) + 8)
        for (index, row) in rows.enumerated() {
            draw(row, x: margin, y: 4 + index * (rowHeight + 1), module: module, height: rowHeight)
        }
    }

    var image: GreyImage { GreyImage(pixels: pixels, width: width, height: height) }
    /// Upside down.
    var turned: GreyImage { GreyImage(pixels: pixels.reversed(), width: width, height: height) }
}

@Suite("DataBar is read by the standard")
struct DataBarReaderTests {
    private func texts(_ image: GreyImage) -> [String] {
        DataBarReader().read(image).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    private func gtin(_ chance: inout SeededChance, first: Int? = nil) -> String {
        var digits = (0..<13).map { _ in Int(chance.next() % 10) }
        digits[0] = first ?? digits[0]
        return TestPicture.checked14(digits.map(String.init).joined())
    }

    @Test("what is drawn in one row is read, either way up", arguments: 0..<40)
    func omnidirectional(_ seed: Int) throws {
        var chance = SeededChance(seed: UInt64(seed))
        let gtin = gtin(&chance)
        let row = DataBarDrawing.omnidirectional(try #require(Int(gtin.dropLast())))
        #expect(row.count == 96)
        let canvas = Canvas(rows: [row], module: 2, rowHeight: 12)
        #expect(texts(canvas.image) == ["01" + gtin])
        #expect(texts(canvas.turned) == ["01" + gtin])
    }

    @Test("two rows of five modules make one number", arguments: 100..<130)
    func stacked(_ seed: Int) throws {
        var chance = SeededChance(seed: UInt64(seed))
        let gtin = gtin(&chance)
        let rows = DataBarDrawing.stacked(try #require(Int(gtin.dropLast())))
        let canvas = Canvas(rows: rows, module: 2, rowHeight: 10)
        #expect(texts(canvas.image) == ["01" + gtin])
        #expect(texts(canvas.turned) == ["01" + gtin])
    }

    @Test("a find tells kind, votes and place")
    func find() throws {
        let row = DataBarDrawing.omnidirectional(950_110_153_001)
        let find = try #require(
            DataBarReader().read(Canvas(rows: [row], module: 2, rowHeight: 20).image).first)
        #expect(find.symbology == .dataBar)
        #expect(find.isGS1)
        #expect(find.votes >= 2)
        #expect(find.orientation == 0)
        let left = try #require(find.points.map(\.x).min())
        let right = try #require(find.points.map(\.x).max())
        #expect(abs(left - 16) <= 4)
        #expect(abs(right - 202) <= 4)
    }

    @Test("Expanded and Expanded Stacked of all widths give the text back", arguments: 200..<260)
    func expanded(_ seed: Int) {
        var chance = SeededChance(seed: UInt64(seed))
        let signs = Array("0123456789ABCXYZ*,-./abcxyz!\"%&'()+:;<=>?_ ")
        let usable = [10, 21, signs.count][seed % 3]
        let batch = String(
            (0...chance.next() % 12).map { _ in signs[Int(chance.next() % UInt64(usable))] })
        let serial = String((0...chance.next() % 8).map { _ in signs[Int(chance.next() % 10)] })
        let text = "10\(batch)\u{1D}21\(serial)"
        let gtin = gtin(&chance)
        let hasArticle = seed % 2 == 0
        let drawing =
            hasArticle ? ExpandedDrawing.article(gtin, and: text) : ExpandedDrawing.plain(text)
        let expected = hasArticle ? "01" + gtin + text : text
        let rows = drawing.rows(of: [11, 1, 2, 3, 4][seed % 5])
        let canvas = Canvas(rows: rows, module: 2, rowHeight: 12)
        #expect(texts(canvas.image) == [expected])
        #expect(texts(canvas.turned) == [expected])
    }

    @Test("weights, prices and dates have short forms of their own", arguments: 300..<306)
    func compressed(_ seed: Int) {
        var chance = SeededChance(seed: UInt64(seed))
        let gtin = gtin(&chance, first: 9)
        func bits(_ value: Int, _ count: Int) -> String { ExpandedDrawing.bits(value, count) }
        let date = bits(99 * 384 + 11 * 32 + 31, 16)
        let drawings: [(ExpandedDrawing, String)] = [
            (.weighed("0100", gtin, bits(1750, 15)), "3103001750"),
            (.weighed("0101", gtin, bits(9999, 15)), "3202009999"),
            (.weighed("0101", gtin, bits(22767, 15)), "3203012767"),
            (.weighed("0111000", gtin, bits(312_233, 20) + date), "310301223311991231"),
            (.weighed("0111101", gtin, bits(2, 20) + date), "320000000215991231"),
            (.weighed("0111110", gtin, bits(2, 20) + bits(38400, 16)), "3100000002"),
            (.priced(gtin, place: 2, currency: nil, "795"), "3922795"),
            (.priced(gtin, place: 0, currency: 978, "1234\u{1D}10X"), "39309781234\u{1D}10X"),
        ]
        for (drawing, text) in drawings {
            let canvas = Canvas(rows: drawing.rows(of: 11), module: 2, rowHeight: 8)
            #expect(texts(canvas.image) == ["01" + gtin + text])
        }
    }

    @Test("a latch to digits that some encoders add after a separator is no letter")
    func needlessLatch() {
        // 10, latch, X, FNC1, latch, 21, 7 with a filler.
        let bits =
            ["0010011", "0000", "110111", "01111", "000", "0011111", "1011111"].joined()
        let drawing = ExpandedDrawing(head: "000", sized: true, tail: bits, padding: "0000")
        let canvas = Canvas(rows: drawing.rows(of: 11), module: 2, rowHeight: 8)
        #expect(texts(canvas.image) == ["10X\u{1D}217"])
    }

    @Test("two symbols in view are two finds")
    func two() {
        let drawings = ["10A1", "10B2"].map { ExpandedDrawing.plain($0).rows(of: 11)[0] }
        let gap = DataBarModules(repeating: false, count: 12)
        let canvas = Canvas(
            rows: [drawings[0] + gap + drawings[1]], module: 2, rowHeight: 20)
        #expect(Set(texts(canvas.image)) == ["10A1", "10B2"])
    }

    @Test("blur over two modules and a narrow range of greys are read through")
    func blurred() {
        let row = DataBarDrawing.omnidirectional(2_001_234_567_89)
        let canvas = Canvas(rows: [row], module: 3, rowHeight: 16)
        let sharp = canvas.image
        var soft = sharp
        for index in 3..<sharp.pixels.count - 3 {
            let sum = sharp.pixels[index - 2...index + 2].reduce(0) { $0 + Int($1) }
            soft.pixels[index] = UInt8(80 + sum / 5 / 4)
        }
        #expect(texts(soft) == texts(sharp))
        #expect(texts(soft).count == 1)
    }
}

extension TestPicture {
    /// 13 digits with their check digit, weights 3 and 1 from the left.
    static func checked14(_ digits: String) -> String {
        let sum = digits.compactMap(\.wholeNumberValue).enumerated()
            .reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 3 : 1) }
        return digits + String((10 - sum % 10) % 10)
    }
}
