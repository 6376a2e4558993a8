// Edges of a few neighbouring rows, averaged: between each dark and light extreme the place where
// the grey passes the middle between the two, in 64ths of a pixel. Wide and narrow, blurred and
// sharp bars are treated alike; what swings less than a share of the row's contrast is noise.

struct DataBarRow {
    /// Positions, 64ths of a pixel from the left.
    private(set) var edges: [Int32] = []
    /// Whether the first edge leads from light to dark.
    private(set) var startsDark = false
    private var sums: [Int32]

    /// 64ths of a pixel.
    static let unit = 64
    /// Swings below this share of the row's contrast are noise,
    private static let noiseShare: Int32 = 8
    /// and so are those below this many grey levels.
    private static let leastSwing: Int32 = 10

    init(width: Int) {
        sums = [Int32](repeating: 0, count: width)
        edges.reserveCapacity(width)
    }

    /// Whether the element after edge `index` is a bar.
    func isBar(_ index: Int) -> Bool { (index % 2 == 0) == startsDark }

    /// - Parameters:
    ///   - top: first row.
    ///   - rows: how many, 1 or more.
    mutating func load(_ image: GreyImage, top: Int, rows: Int) {
        edges.removeAll(keepingCapacity: true)
        let width = image.width
        image.pixels.withUnsafeBufferPointer { pixels in
            sums.withUnsafeMutableBufferPointer { sums in
                guard let base = pixels.baseAddress, let sums = sums.baseAddress else { return }
                for x in 0..<width { sums[x] = 0 }
                for row in top..<top + rows {
                    let line = base + row * width
                    for x in 0..<width { sums[x] &+= Int32(truncatingIfNeeded: line[x]) }
                }
            }
        }
        findEdges(rows: Int32(rows))
    }

    private mutating func findEdges(rows: Int32) {
        sums.withUnsafeBufferPointer { sums in
            guard let sums = sums.baseAddress else { return }
            let width = self.sums.count
            var low = sums[0]
            var high = sums[0]
            for x in 1..<max(width, 1) {
                low = min(low, sums[x])
                high = max(high, sums[x])
            }
            let swing = max((high - low) / Self.noiseShare, Self.leastSwing * rows)
            guard high - low >= swing else { return }
            trace(sums, width, swing)
        }
    }

    /// Follows the grey up and down; an extreme is known when the grey has left it by `swing`.
    private mutating func trace(_ sums: UnsafePointer<Int32>, _ width: Int, _ swing: Int32) {
        // The extreme before, and the highest and lowest since.
        var before = 0
        var top = 0
        var bottom = 0
        var trend = 0
        var x = 1
        while x < width {
            let grey = sums[x]
            if grey > sums[top] { top = x }
            if grey < sums[bottom] { bottom = x }
            if trend >= 0 && sums[top] &- grey >= swing {
                if trend > 0 { add(sums, from: before, to: top) }
                before = top
                trend = -1
                bottom = x
            } else if trend <= 0 && grey &- sums[bottom] >= swing {
                if trend < 0 { add(sums, from: before, to: bottom) }
                before = bottom
                trend = 1
                top = x
            }
            x &+= 1
        }
        if trend != 0 { add(sums, from: before, to: trend > 0 ? top : bottom) }
    }

    private mutating func add(_ sums: UnsafePointer<Int32>, from: Int, to: Int) {
        let start = sums[from]
        let end = sums[to]
        if edges.isEmpty { startsDark = end < start }
        // Twice the middle, to lose no half.
        let middle = start &+ end
        var x = from &+ 1
        if end > start {
            while x < to && 2 &* sums[x] < middle { x &+= 1 }
        } else {
            while x < to && 2 &* sums[x] > middle { x &+= 1 }
        }
        let last = 2 &* sums[x &- 1]
        let step = 2 &* sums[x] &- last
        let part = step == 0 ? 0 : (middle &- last) &* Int32(Self.unit) / step
        edges.append(Int32(truncatingIfNeeded: x &- 1) &* Int32(Self.unit) &+ part)
    }
}
