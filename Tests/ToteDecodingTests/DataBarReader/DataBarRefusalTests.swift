import Testing
import ToteDecoding
import ToteValues

@Suite("What is no DataBar is not read as one")
struct DataBarRefusalTests {
    /// Moves each edge by one module in turn: the neighbours change, the length does not.
    private func damaged(_ row: DataBarModules) -> [DataBarModules] {
        (1..<row.count).compactMap { place in
            guard row[place] != row[place - 1] else { return nil }
            var damaged = row
            damaged[place].toggle()
            return damaged
        }
    }

    @Test("an edge out of place gives the same number or none")
    func edges() {
        let row = DataBarDrawing.omnidirectional(950_110_153_001)
        for damaged in damaged(row) {
            let canvas = Canvas(rows: [damaged], module: 2, rowHeight: 6)
            let texts = DataBarReader().read(canvas.image).map(\.bytes)
            #expect(texts.isEmpty || texts == [Array("0109501101530010".utf8)])
        }
    }

    @Test("an edge of Expanded out of place gives the same text or none")
    func expandedEdges() {
        let drawing = ExpandedDrawing.plain("10ABC12")
        for damaged in damaged(drawing.rows(of: 11)[0]) {
            let canvas = Canvas(rows: [damaged], module: 2, rowHeight: 6)
            let texts = DataBarReader().read(canvas.image).map(\.bytes)
            #expect(texts.isEmpty || texts == [Array("10ABC12".utf8)])
        }
    }

    @Test("halves of two symbols are no symbol")
    func halves() {
        let one = DataBarDrawing.stacked(950_110_153_001)
        let other = DataBarDrawing.stacked(123_456_789_012)
        let canvas = Canvas(rows: [one[0], other[1]], module: 2, rowHeight: 10)
        #expect(DataBarReader().read(canvas.image).isEmpty)
    }

    @Test("bits that are no content by the standard are refused")
    func content() {
        let drawings = [
            // A group of three digits above 999; a month and day are free, a year is not.
            ExpandedDrawing(
                head: "01", sized: true, tail: "0000" + String(repeating: "1", count: 40)),
            // A size that contradicts the number of characters.
            ExpandedDrawing(head: "00010", sized: false, tail: "0010011" + "0010011"),
            // A code of eight bits that stands for nothing.
            ExpandedDrawing(head: "000", sized: true, tail: "0000" + "00100" + "11111111"),
            // A method that is not defined has no bits; all dates above 38400 are none.
            .weighed(
                "0111000", "90012345678908",
                ExpandedDrawing.bits(1, 20) + ExpandedDrawing.bits(38401, 16)),
        ]
        for drawing in drawings {
            let canvas = Canvas(rows: drawing.rows(of: 11), module: 2, rowHeight: 6)
            #expect(DataBarReader().read(canvas.image).isEmpty)
        }
    }

    @Test("stripes of random widths", arguments: 0..<60)
    func stripes(_ seed: Int) {
        var chance = SeededChance(seed: UInt64(seed))
        var row: DataBarModules = []
        while row.count < 200 {
            let width = 1 + Int(chance.next() % 9) * Int(chance.next() % 2)
            row += DataBarModules(repeating: row.last == false, count: width)
        }
        let canvas = Canvas(rows: [row], module: 2, rowHeight: 4)
        #expect(DataBarReader().read(canvas.image).isEmpty)
    }

    @Test("plain, tiny and long pictures", arguments: [0, 127, 255] as [UInt8])
    func plain(_ grey: UInt8) {
        for (width, height) in [(0, 0), (1, 1), (50, 1), (50, 2), (51, 3), (16384, 2), (2, 16384)] {
            let pixels = [UInt8](repeating: grey, count: width * height)
            let image = GreyImage(pixels: pixels, width: width, height: height)
            #expect(DataBarReader().read(image).isEmpty)
        }
    }
}
