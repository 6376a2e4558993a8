/// Modules in rows, each with how dark it is: above 0 is dark, and the farther from 0 the surer.
struct QRMatrix: Sendable {
    let dimension: Int
    var darkness: [Int16]

    init(dimension: Int, darkness: [Int16]) {
        self.dimension = dimension
        self.darkness = darkness
    }

    func isDark(_ x: Int, _ y: Int) -> Bool { darkness[y * dimension + x] > 0 }

    /// As a mirror shows the symbol: rows are columns.
    var transposed: QRMatrix {
        var other = self
        for y in 0..<dimension {
            for x in 0..<dimension {
                other.darkness[x * dimension + y] = darkness[y * dimension + x]
            }
        }
        return other
    }
}
