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

    /// What blur has let run from each module into its neighbours is taken back.
    func sharpened() -> QRSamples {
        var sharp = self
        for v in 0..<dimension {
            for u in 0..<dimension {
                let index = v * dimension + u
                let value = values[index]
                let left = values[u > 0 ? index - 1 : index]
                let right = values[u + 1 < dimension ? index + 1 : index]
                let above = values[v > 0 ? index - dimension : index]
                let below = values[v + 1 < dimension ? index + dimension : index]
                let sharpness = 0.4
                sharp.values[index] = value + sharpness * (4 * value - left - right - above - below)
            }
        }
        return sharp
    }

    /// - Parameter isInverted: light modules count as dark.
    func matrix(isInverted: Bool) -> QRMatrix {
        QRMatrix(
            dimension: dimension,
            darkness: values.indices.map {
                // In eighths of a grey value, so that even a faint difference has a sign.
                let darkness = Int16(8 * (thresholds[$0] - values[$0]))
                return isInverted ? -darkness : darkness
            })
    }
}
