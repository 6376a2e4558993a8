// Where the bits of each codeword lie (ISO/IEC 16022, Annex F): an L of eight modules walks
// diagonally up and down through the data modules, leaving at one rim and entering at the opposite;
// four corners have shapes of their own, and what is left over is a fixed pattern. O(modules).

package struct DataMatrixPlacement {
    private let rows: Int
    private let columns: Int
    /// For each data module: 8 · codeword + bit (0 is the highest), or −1 while it is free.
    private var places: [Int]

    /// For each codeword its eight data modules (row · columns + column), highest bit first.
    package static func modules(rows: Int, columns: Int) -> [[Int]] {
        var placement = DataMatrixPlacement(rows: rows, columns: columns)
        let count = placement.walk()
        var modules = [[Int]](repeating: [Int](repeating: 0, count: 8), count: count)
        for (module, place) in placement.places.enumerated() where place >= 0 {
            modules[place / 8][place % 8] = module
        }
        return modules
    }

    private init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        places = [Int](repeating: -1, count: rows * columns)
    }

    /// - Returns: number of codewords.
    private mutating func walk() -> Int {
        var (word, row, column) = (0, 4, 0)
        repeat {
            word += corner(word, row, column)
            repeat {
                if column >= 0, isFree(row, column) { word += utah(word, row, column) }
                (row, column) = (row - 2, column + 2)
            } while row >= 0 && column < columns
            (row, column) = (row + 1, column + 3)
            repeat {
                if row >= 0, isFree(row, column) { word += utah(word, row, column) }
                (row, column) = (row + 2, column - 2)
            } while row < rows && column >= 0
            (row, column) = (row + 3, column + 1)
        } while row < rows || column < columns
        return word
    }

    private func isFree(_ row: Int, _ column: Int) -> Bool {
        row < rows && column < columns && places[row * columns + column] < 0
    }

    private mutating func set(_ word: Int, bit: Int, _ row: Int, _ column: Int) {
        var (row, column) = (row, column)
        if row < 0 { (row, column) = (row + rows, column + 4 - (rows + 4) % 8) }
        if column < 0 { (row, column) = (row + 4 - (columns + 4) % 8, column + columns) }
        // Wide, low symbols of ISO/IEC 21471 may come round the other way too.
        if row >= rows { row -= rows }
        places[row * columns + column] = 8 * word + bit
    }

    /// The eight modules left of and above a place.
    private mutating func utah(_ word: Int, _ row: Int, _ column: Int) -> Int {
        let shape = [(-2, -2), (-2, -1), (-1, -2), (-1, -1), (-1, 0), (0, -2), (0, -1), (0, 0)]
        for (bit, step) in shape.enumerated() {
            set(word, bit: bit, row + step.0, column + step.1)
        }
        return 1
    }

    private mutating func corner(_ word: Int, _ row: Int, _ column: Int) -> Int {
        let (r, c) = (rows, columns)
        let shape: [(Int, Int)]
        switch (row, column) {
        case (r, 0):
            shape = [
                (r - 1, 0), (r - 1, 1), (r - 1, 2), (0, c - 2), (0, c - 1), (1, c - 1), (2, c - 1),
                (3, c - 1),
            ]
        case (r - 2, 0) where c % 4 != 0:
            shape = [
                (r - 3, 0), (r - 2, 0), (r - 1, 0), (0, c - 4), (0, c - 3), (0, c - 2), (0, c - 1),
                (1, c - 1),
            ]
        case (r - 2, 0) where c % 8 == 4:
            shape = [
                (r - 3, 0), (r - 2, 0), (r - 1, 0), (0, c - 2), (0, c - 1), (1, c - 1), (2, c - 1),
                (3, c - 1),
            ]
        case (r + 4, 2) where c % 8 == 0:
            shape = [
                (r - 1, 0), (r - 1, c - 1), (0, c - 3), (0, c - 2), (0, c - 1), (1, c - 3),
                (1, c - 2), (1, c - 1),
            ]
        default: return 0
        }
        for (bit, place) in shape.enumerated() { set(word, bit: bit, place.0, place.1) }
        return 1
    }
}
