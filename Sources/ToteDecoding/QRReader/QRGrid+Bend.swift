extension QRGrid {
    /// Where an edge is sought, in quarters of the way from one middle to the next.
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
