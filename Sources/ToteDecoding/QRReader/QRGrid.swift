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

    /// Half a side and the middle of the symbol.
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

/// Grey values of a picture between its pixels.
struct GreySampler {
    let pixels: UnsafePointer<UInt8>
    let width: Int
    let height: Int

    /// Interpolated; outside the picture as at its rim.
    @inline(__always)
    func callAsFunction(_ x: Double, _ y: Double) -> Double {
        let x = min(max(x - 0.5, 0), Double(width - 1))
        let y = min(max(y - 0.5, 0), Double(height - 1))
        let column = Int(x)
        let row = Int(y)
        let alongX = x - Double(column)
        let alongY = y - Double(row)
        let upper = pixels + (row &* width &+ column)
        let right = column &+ 1 < width ? 1 : 0
        let lower = upper + (row &+ 1 < height ? width : 0)
        let top = Double(upper[0]) * (1 - alongX) + Double(upper[right]) * alongX
        let bottom = Double(lower[0]) * (1 - alongX) + Double(lower[right]) * alongX
        return top * (1 - alongY) + bottom * alongY
    }
}

/// Grey values in the middle of modules and the threshold around each.
struct QRSamples: Sendable {
    let dimension: Int
    var values: [Double]
    var thresholds: [Double]

    /// Modules to each side over which the threshold is found.
    private static let reach = 5
    /// Px of a module below which one place is sampled, not five.
    private static let smallModule = 3.0

    init(_ grid: QRGrid, _ sample: GreySampler) {
        let side = grid.dimension
        dimension = side
        values = [Double](repeating: 0, count: side * side)
        let isSmall = grid.modulePixels < Self.smallModule
        for v in 0..<side {
            for u in 0..<side {
                let index = v * side + u
                let (x, y) = (grid.x[index], grid.y[index])
                var sum = sample(x, y)
                if !isSmall {
                    let right = u + 1 < side ? index + 1 : index - 1
                    let down = v + 1 < side ? index + side : index - side
                    let (ux, uy) = (0.2 * (grid.x[right] - x), 0.2 * (grid.y[right] - y))
                    let (vx, vy) = (0.2 * (grid.x[down] - x), 0.2 * (grid.y[down] - y))
                    sum += sample(x + ux, y + uy) + sample(x - ux, y - uy)
                    sum += sample(x + vx, y + vy) + sample(x - vx, y - vy)
                    sum /= 5
                }
                values[index] = sum
            }
        }
        thresholds = Self.thresholds(values, side)
    }

    /// Halfway between the mean of the darker and the mean of the lighter modules around.
    private static func thresholds(_ values: [Double], _ side: Int) -> [Double] {
        let ones = [Double](repeating: 1, count: values.count)
        let sums = BoxSums(values, side)
        let counts = BoxSums(ones, side)
        var light = values
        var isLight = ones
        for v in 0..<side {
            for u in 0..<side {
                let index = v * side + u
                let mean = sums.sum(u, v, reach) / counts.sum(u, v, reach)
                if values[index] < mean {
                    light[index] = 0
                    isLight[index] = 0
                }
            }
        }
        let lightSums = BoxSums(light, side)
        let lightCounts = BoxSums(isLight, side)
        var thresholds = values
        for v in 0..<side {
            for u in 0..<side {
                let all = sums.sum(u, v, reach)
                let count = counts.sum(u, v, reach)
                let lights = lightSums.sum(u, v, reach)
                let lightCount = lightCounts.sum(u, v, reach)
                let high = lights / max(lightCount, 1)
                let low = (all - lights) / max(count - lightCount, 1)
                thresholds[v * side + u] = (high + low) / 2
            }
        }
        return thresholds
    }

    /// - Parameter isInverted: light modules count as dark.
    func matrix(isInverted: Bool) -> QRMatrix {
        QRMatrix(
            dimension: dimension,
            darkness: values.indices.map {
                // In sixteenths of a grey value, so that even a faint difference has a sign.
                let darkness = Int16(16 * (thresholds[$0] - values[$0]))
                return isInverted ? -darkness : darkness
            })
    }
}

/// Sums of a square table over windows around a place, cut at the rim.
struct BoxSums {
    private let side: Int
    private var sums: [Double]

    init(_ values: [Double], _ side: Int) {
        self.side = side
        sums = [Double](repeating: 0, count: (side + 1) * (side + 1))
        for v in 0..<side {
            var line = 0.0
            for u in 0..<side {
                line += values[v * side + u]
                sums[(v + 1) * (side + 1) + u + 1] = sums[v * (side + 1) + u + 1] + line
            }
        }
    }

    func sum(_ u: Int, _ v: Int, _ reach: Int) -> Double {
        let left = max(u - reach, 0)
        let right = min(u + reach + 1, side)
        let top = max(v - reach, 0) * (side + 1)
        let bottom = min(v + reach + 1, side) * (side + 1)
        return sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left]
    }
}

extension QRGrid {
    /// Halves a module to both sides of the middles between which an edge is sought, in quarters.
    private static let profile = -1...5

    /// Bends the grid by the edges found within `reach` modules of each module.
    mutating func bend(_ samples: QRSamples, _ sample: GreySampler, reach: Int) {
        let across = shifts(samples, sample, right: 1, down: 0, reach)
        let down = shifts(samples, sample, right: 0, down: 1, reach)
        let old = self
        for v in 0..<dimension {
            for u in 0..<dimension {
                let index = v * dimension + u
                let left = u > 0 ? index - 1 : index
                let right = u + 1 < dimension ? index + 1 : index
                let above = v > 0 ? index - dimension : index
                let below = v + 1 < dimension ? index + dimension : index
                let alongU = across[index] / Double(right - left)
                let alongV = down[index] * Double(dimension) / Double(below - above)
                x[index] += alongU * (old.x[right] - old.x[left])
                x[index] += alongV * (old.x[below] - old.x[above])
                y[index] += alongU * (old.y[right] - old.y[left])
                y[index] += alongV * (old.y[below] - old.y[above])
            }
        }
    }

    /// By how many modules edges lie further along a direction than the grid says, smoothed.
    private func shifts(
        _ samples: QRSamples, _ sample: GreySampler, right: Int, down: Int, _ reach: Int
    ) -> [Double] {
        var sums = [Double](repeating: 0, count: dimension * dimension)
        var counts = sums
        let step = down * dimension + right
        for v in 0..<dimension - down {
            for u in 0..<dimension - right {
                let index = v * dimension + u
                let isDark = samples.values[index] < samples.thresholds[index]
                let other = index + step
                guard isDark != (samples.values[other] < samples.thresholds[other]),
                    let shift = edge(index, other, isDark, samples, sample)
                else { continue }
                sums[index] += shift
                sums[other] += shift
                counts[index] += 1
                counts[other] += 1
            }
        }
        // A few edges alone do not move anything.
        let inertia = 4.0
        let once = BoxSums(sums, dimension)
        let many = BoxSums(counts, dimension)
        var shifts = sums
        for v in 0..<dimension {
            for u in 0..<dimension {
                let sum = once.sum(u, v, reach)
                shifts[v * dimension + u] = sum / (many.sum(u, v, reach) + inertia)
            }
        }
        return shifts
    }

    /// Where the shade changes between two middles, in modules from halfway.
    private func edge(
        _ one: Int, _ other: Int, _ isDark: Bool, _ samples: QRSamples, _ sample: GreySampler
    ) -> Double? {
        let threshold = (samples.thresholds[one] + samples.thresholds[other]) / 2
        let wayX = x[other] - x[one]
        let wayY = y[other] - y[one]
        var best: Double?
        var before = 0.0
        for quarter in Self.profile {
            let way = Double(quarter) / 4
            let value = sample(x[one] + way * wayX, y[one] + way * wayY) - threshold
            if quarter > Self.profile.lowerBound,
                isDark
                    ? before < 0 && value >= 0
                    : before >= 0 && value < 0
            {
                let place = way - 0.25 * value / (value - before) - 0.5
                if best.map({ abs(place) < abs($0) }) ?? true { best = place }
            }
            before = value
        }
        return best
    }
}
