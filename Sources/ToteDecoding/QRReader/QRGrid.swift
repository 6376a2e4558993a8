// Where the middle of each module lies in the picture. A grid begins as a plane in perspective and
// is then bent until the edges between dark and light modules lie halfway between their middles:
// cloth creases, paper curls, bottles are round. Edges are measured across each pair of unlike
// neighbours and averaged over a window that shrinks from pass to pass. Cost: some 50 ns a module
// and pass.

struct QRGrid: Sendable {
    let dimension: Int
    /// Px, in rows of modules.
    var x: [Double]
    var y: [Double]

    /// `nil` if the plane does not hold the whole symbol.
    init?(_ plane: QRPlane, dimension: Int) {
        self.dimension = dimension
        x = []
        y = []
        x.reserveCapacity(dimension * dimension)
        y.reserveCapacity(dimension * dimension)
        for v in 0..<dimension {
            for u in 0..<dimension {
                guard let place = plane(Double(u) + 0.5, Double(v) + 0.5) else { return nil }
                x.append(place.x)
                y.append(place.y)
            }
        }
    }

    /// The outer corners of the symbol: top left, bottom left, bottom right, top right.
    var corners: [(x: Double, y: Double)] {
        let last = dimension - 1
        return [(0, 0), (0, last), (last, last), (last, 0)].map { u, v in
            let index = v * dimension + u
            let inner = (v == 0 ? v + 1 : v - 1) * dimension + (u == 0 ? u + 1 : u - 1)
            return (
                x[index] + (x[index] - x[inner]) / 2, y[index] + (y[index] - y[inner]) / 2
            )
        }
    }

    /// Px of a module along the shortest side.
    var modulePixels: Double {
        let last = dimension - 1
        let side = Double(last)
        func way(_ i: Int, _ j: Int) -> Double {
            let (x, y) = (self.x[j] - self.x[i], self.y[j] - self.y[i])
            return (x * x + y * y).squareRoot() / side
        }
        let bottom = last * dimension
        return min(
            way(0, last), way(0, bottom), way(bottom, bottom + last), way(last, bottom + last))
    }
}
