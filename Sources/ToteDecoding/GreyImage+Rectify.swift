// A region cut out and turned so that its bars stand upright, bilinear in 65536ths of a pixel; what
// lies beyond the picture takes the grey of its rim, so that no edge appears there. Neighbouring
// lines along the bars may be averaged: that removes grain and keeps the bars. Cost: some
// nanoseconds a sample.

import ToteValues

/// How a region is sampled.
package struct Rectification: Hashable, Sendable {
    /// Pixels across the bars for each pixel of the picture.
    package var scale: Double
    /// Most lines; a higher region is sampled more thinly.
    package var lines: Int
    /// Lines of samples that are averaged to one: 1, 2 or 4.
    package var samples: Int

    package init(scale: Double = 1, lines: Int = 48, samples: Int = 1) {
        self.scale = scale
        self.lines = lines
        self.samples = samples
    }

    /// Longest side of a cut, px: it bounds the work on a hostile frame.
    static let longestSide = 4096

    func width(of region: BarRegion) -> Int {
        Self.side(region.length * scale, most: Self.longestSide)
    }

    func height(of region: BarRegion) -> Int {
        Self.side(region.height * scale, most: lines)
    }

    private static func side(_ length: Double, most: Int) -> Int {
        let length = length.isFinite ? length : 0
        return Int(max(8, min(Double(most), length)).rounded())
    }
}

extension GreyImage {
    package func rectified(
        _ region: BarRegion, _ way: Rectification = Rectification()
    ) -> GreyImage {
        var cut = GreyImage(pixels: [], width: 0, height: 0)
        rectify(region, way, into: &cut)
        return cut
    }

    /// Uses the memory of `cut` again.
    package func rectify(
        _ region: BarRegion, _ way: Rectification, into cut: inout GreyImage
    ) {
        cut.width = way.width(of: region)
        cut.height = way.height(of: region)
        cut.pixels.resize(to: cut.width * cut.height)
        let grid = Grid(region, way, width: cut.width, height: cut.height)
        cut.map = map.after(grid.map)
        let (outWidth, outHeight) = (cut.width, cut.height)
        cut.pixels.withUnsafeMutableBufferPointer { out in
            pixels.withUnsafeBufferPointer { source in
                guard let out = out.baseAddress, let source = source.baseAddress else { return }
                let sampler = Sampler(source: source, width: width, height: height)
                withUnsafeTemporaryAllocation(of: UInt16.self, capacity: outWidth) { sums in
                    guard let sums = sums.baseAddress else { return }
                    for row in 0..<outHeight {
                        let line = out + row * outWidth
                        if way.samples == 1 {
                            sampler.fill(line, outWidth, grid, row)
                        } else {
                            sampler.fillMean(line, sums, outWidth, grid, row, way.samples)
                        }
                    }
                }
            }
        }
    }
}

/// Where the samples of a cut lie in the picture, in 65536ths of a pixel.
private struct Grid {
    static let one = 65536.0

    /// The middle of the first sample, from the middle of the picture's first pixel.
    var x: Int
    var y: Int
    /// From one sample to the next.
    var acrossX: Int
    var acrossY: Int
    /// From one line of samples to the next.
    var downX: Int
    var downY: Int
    var samples: Int
    /// From cut to picture.
    var map: PictureMap

    init(_ region: BarRegion, _ way: Rectification, width: Int, height: Int) {
        let across = region.length / Double(width)
        let down = region.height / Double(height)
        let a = region.acrossX * across
        let d = region.acrossY * across
        let b = -region.acrossY * down
        let e = region.acrossX * down
        let left = region.centre.x - (a * Double(width) + b * Double(height)) / 2
        let top = region.centre.y - (d * Double(width) + e * Double(height)) / 2
        map = PictureMap(a: a, b: b, d: d, e: e, c: left, f: top)
        samples = way.samples
        let share = 1 / Double(samples)
        func fixed(_ value: Double) -> Int {
            // A region lies within some frames of its own; the clamp keeps any input safe.
            value.isFinite ? Int((min(max(value, -1e6), 1e6) * Self.one).rounded()) : 0
        }
        acrossX = fixed(a)
        acrossY = fixed(d)
        downX = fixed(b * share)
        downY = fixed(e * share)
        x = fixed(left + (a + b * share) / 2 - 0.5)
        y = fixed(top + (d + e * share) / 2 - 0.5)
    }
}

private struct Sampler {
    let source: UnsafePointer<UInt8>
    let width: Int
    let height: Int

    func fill(_ out: UnsafeMutablePointer<UInt8>, _ count: Int, _ grid: Grid, _ line: Int) {
        sample(count, grid, line) { index, grey in
            out[index] = UInt8(truncatingIfNeeded: (grey &+ 128) >> 8)
        }
    }

    func fillMean(
        _ out: UnsafeMutablePointer<UInt8>, _ sums: UnsafeMutablePointer<UInt16>, _ count: Int,
        _ grid: Grid, _ row: Int, _ samples: Int
    ) {
        for index in 0..<count { sums[index] = 0 }
        for line in row * samples..<(row + 1) * samples {
            // Four samples of 14 bits fill the sum.
            sample(count, grid, line) { index, grey in
                sums[index] &+= UInt16(truncatingIfNeeded: grey >> 2)
            }
        }
        let shift = samples == 4 ? 8 : 7
        for index in 0..<count {
            let mean = (Int(sums[index]) &+ 1 << (shift &- 1)) >> shift
            out[index] = UInt8(truncatingIfNeeded: min(255, mean))
        }
    }

    /// Grey values of a line in 256ths; only those near or beyond the rim need care.
    @inline(__always)
    private func sample(_ count: Int, _ grid: Grid, _ line: Int, _ take: (Int, Int) -> Void) {
        let x = grid.x &+ line &* grid.downX
        let y = grid.y &+ line &* grid.downY
        let inside = Self.range(x, grid.acrossX, count, below: (width &- 1) << 16)
            .clamped(to: Self.range(y, grid.acrossY, count, below: (height &- 1) << 16))
        for index in 0..<inside.lowerBound {
            take(index, clampedBlend(x &+ index &* grid.acrossX, y &+ index &* grid.acrossY))
        }
        for index in inside {
            take(index, blend(x &+ index &* grid.acrossX, y &+ index &* grid.acrossY))
        }
        for index in inside.upperBound..<count {
            take(index, clampedBlend(x &+ index &* grid.acrossX, y &+ index &* grid.acrossY))
        }
    }

    /// Of `count` steps those that lie in 0..<end.
    static func range(_ start: Int, _ step: Int, _ count: Int, below end: Int) -> Range<Int> {
        var first = 0
        var last = count
        if step > 0 {
            first = start >= 0 ? 0 : (step - 1 - start) / step
            last = start < end ? (end - start + step - 1) / step : 0
        } else if step < 0 {
            first = start < end ? 0 : (start - end) / -step + 1
            last = start >= 0 ? start / -step + 1 : 0
        } else if start < 0 || start >= end {
            last = 0
        }
        first = min(first, count)
        return first..<max(first, min(last, count))
    }

    /// The grey value in 256ths.
    @inline(__always)
    private func blend(_ x: Int, _ y: Int) -> Int {
        let upper = source + ((y >> 16) &* width &+ x >> 16)
        let lower = upper + width
        let right = (x & 0xFFFF) >> 8
        let down = (y & 0xFFFF) >> 8
        let top = Int(upper[0]) << 8 &+ (Int(upper[1]) &- Int(upper[0])) &* right
        let bottom = Int(lower[0]) << 8 &+ (Int(lower[1]) &- Int(lower[0])) &* right
        return top &+ ((bottom &- top) &* down) >> 8
    }

    private func clampedBlend(_ x: Int, _ y: Int) -> Int {
        let left = min(max(x >> 16, 0), width - 1)
        let right = min(max(x >> 16 &+ 1, 0), width - 1)
        let top = min(max(y >> 16, 0), height - 1) * width
        let bottom = min(max(y >> 16 &+ 1, 0), height - 1) * width
        let share = (x & 0xFFFF) >> 8
        let down = (y & 0xFFFF) >> 8
        let upper = Int(source[top + left]) * (256 - share) + Int(source[top + right]) * share
        let lower = Int(source[bottom + left]) * (256 - share) + Int(source[bottom + right]) * share
        return upper + ((lower - upper) * down) >> 8
    }
}
