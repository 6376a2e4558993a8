// The sizes of Data Matrix: ISO/IEC 16022, table 7 (24 squares, 6 rectangles), and ISO/IEC 21471,
// table 1 (18 more rectangles).

package struct DataMatrixSize: Hashable, Sendable {
    /// Modules of the symbol, finder and timing patterns among them.
    package let rows: Int
    package let columns: Int
    /// Data regions, each in its own frame of patterns.
    package let regionsDown: Int
    package let regionsAcross: Int
    package let dataWords: Int
    package let checkWords: Int
    /// Interleaved blocks of the error correction.
    package let blocks: Int

    package static let all: [DataMatrixSize] = squares + rectangles

    package init?(rows: Int, columns: Int) {
        guard let size = Self.all.first(where: { $0.rows == rows && $0.columns == columns })
        else { return nil }
        self = size
    }

    private init(_ numbers: [Int]) {
        (rows, columns, regionsDown, regionsAcross) = (
            numbers[0], numbers[1], numbers[2], numbers[3]
        )
        (dataWords, checkWords, blocks) = (numbers[4], numbers[5], numbers[6])
    }

    /// Modules that hold data.
    package var dataRows: Int { rows - 2 * regionsDown }
    package var dataColumns: Int { columns - 2 * regionsAcross }

    /// The symbol's module in which a data module lies: past the patterns of its region.
    package func place(dataRow: Int, dataColumn: Int) -> (row: Int, column: Int) {
        let rowsEach = dataRows / regionsDown
        let columnsEach = dataColumns / regionsAcross
        return (
            dataRow + 1 + 2 * (dataRow / rowsEach), dataColumn + 1 + 2 * (dataColumn / columnsEach)
        )
    }

    /// Rows, columns, regions down and across, data words, check words, blocks.
    private static let squares: [DataMatrixSize] = [
        [10, 10, 1, 1, 3, 5, 1], [12, 12, 1, 1, 5, 7, 1], [14, 14, 1, 1, 8, 10, 1],
        [16, 16, 1, 1, 12, 12, 1], [18, 18, 1, 1, 18, 14, 1], [20, 20, 1, 1, 22, 18, 1],
        [22, 22, 1, 1, 30, 20, 1], [24, 24, 1, 1, 36, 24, 1], [26, 26, 1, 1, 44, 28, 1],
        [32, 32, 2, 2, 62, 36, 1], [36, 36, 2, 2, 86, 42, 1], [40, 40, 2, 2, 114, 48, 1],
        [44, 44, 2, 2, 144, 56, 1], [48, 48, 2, 2, 174, 68, 1], [52, 52, 2, 2, 204, 84, 2],
        [64, 64, 4, 4, 280, 112, 2], [72, 72, 4, 4, 368, 144, 4], [80, 80, 4, 4, 456, 192, 4],
        [88, 88, 4, 4, 576, 224, 4], [96, 96, 4, 4, 696, 272, 4], [104, 104, 4, 4, 816, 336, 6],
        [120, 120, 6, 6, 1050, 408, 6], [132, 132, 6, 6, 1304, 496, 8],
        [144, 144, 6, 6, 1558, 620, 10],
    ].map { DataMatrixSize($0) }

    private static let rectangles: [DataMatrixSize] = [
        [8, 18, 1, 1, 5, 7, 1], [8, 32, 1, 2, 10, 11, 1], [12, 26, 1, 1, 16, 14, 1],
        [12, 36, 1, 2, 22, 18, 1], [16, 36, 1, 2, 32, 24, 1], [16, 48, 1, 2, 49, 28, 1],
        [8, 48, 1, 2, 18, 15, 1], [8, 64, 1, 4, 24, 18, 1], [8, 80, 1, 4, 32, 22, 1],
        [8, 96, 1, 4, 38, 28, 1], [8, 120, 1, 6, 49, 32, 1], [8, 144, 1, 6, 63, 36, 1],
        [12, 64, 1, 4, 43, 27, 1], [12, 88, 1, 4, 64, 36, 1], [16, 64, 1, 4, 62, 36, 1],
        [20, 36, 1, 2, 44, 28, 1], [20, 44, 1, 2, 56, 34, 1], [20, 64, 1, 4, 84, 42, 1],
        [22, 48, 1, 2, 72, 38, 1], [24, 48, 1, 2, 80, 41, 1], [24, 64, 1, 4, 108, 46, 1],
        [26, 40, 1, 2, 70, 38, 1], [26, 48, 1, 2, 90, 42, 1], [26, 64, 1, 4, 118, 50, 1],
    ].map { DataMatrixSize($0) }
}
