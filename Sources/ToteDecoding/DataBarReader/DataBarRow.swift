// Edges of a few neighbouring rows, averaged: between each dark and light extreme the place where
// the grey passes the middle between the two, in 64ths of a pixel. Wide and narrow, blurred and
// sharp bars are treated alike; what swings less than a share of the row's contrast is noise.

struct DataBarRow {
    /// Positions, 64ths of a pixel from the left.
    private(set) var edges: [Int32] = []
    /// Whether the first edge leads from light to dark.
    private(set) var startsDark = false
    private var sums: [Int32]
    /// Where the grey is darkest and lightest in turn, px.
    private var extremes: [Int32] = []

    /// 64ths of a pixel.
    static let unit = 64
    /// Extremes on either side whose darkest and lightest are black and white here: some of a
    /// character's eight elements are wide enough.
    private static let reach = 8
    /// Swings below this many grey levels are noise in any picture.
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
    ///   - noiseShare: what swings less than the row's contrast by this is noise.
    mutating func load(_ image: GreyImage, top: Int, rows: Int, noiseShare: Int) {
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
        findEdges(rows: Int32(rows), noiseShare: Int32(noiseShare))
    }

    private mutating func findEdges(rows: Int32, noiseShare: Int32) {
        sums.withUnsafeBufferPointer { sums in
            guard let sums = sums.baseAddress else { return }
            let width = self.sums.count
            var low = sums[0]
            var high = sums[0]
            for x in 1..<max(width, 1) {
                low = min(low, sums[x])
                high = max(high, sums[x])
            }
            let swing = max((high - low) / noiseShare, Self.leastSwing * rows)
            guard high - low >= swing else { return }
            trace(sums, width, swing)
            guard extremes.count > 1 else { return }
            startsDark = sums[Int(extremes[1])] < sums[Int(extremes[0])]
            for index in 0..<extremes.count - 1 { addEdge(sums, index) }
        }
    }

    /// Follows the grey up and down; an extreme is known when the grey has left it by `swing`.
    private mutating func trace(_ sums: UnsafePointer<Int32>, _ width: Int, _ swing: Int32) {
        extremes.removeAll(keepingCapacity: true)
        var top = 0
        var bottom = 0
        var trend = 0
        var x = 1
        while x < width {
            let grey = sums[x]
            if grey > sums[top] { top = x }
            if grey < sums[bottom] { bottom = x }
            if trend >= 0 && sums[top] &- grey >= swing {
                extremes.append(Int32(truncatingIfNeeded: top))
                trend = -1
                bottom = x
            } else if trend <= 0 && grey &- sums[bottom] >= swing {
                extremes.append(Int32(truncatingIfNeeded: bottom))
                trend = 1
                top = x
            }
            x &+= 1
        }
        if trend != 0 { extremes.append(Int32(truncatingIfNeeded: trend > 0 ? top : bottom)) }
    }

    /// The edge between extreme `index` and the next. The grey at which it is taken lies between
    /// the middle of the two and the middle of the darkest and lightest nearby: blur makes narrow
    /// elements fainter; the first alone would make them too wide, the second too narrow.
    private mutating func addEdge(_ sums: UnsafePointer<Int32>, _ index: Int) {
        let from = Int(extremes[index])
        let to = Int(extremes[index &+ 1])
        let start = sums[from]
        let end = sums[to]
        var low = min(start, end)
        var high = max(start, end)
        let near = low &+ high
        var other = max(0, index &- Self.reach)
        let last = min(extremes.count &- 1, index &+ 1 &+ Self.reach)
        while other <= last {
            let grey = sums[Int(extremes[other])]
            low = min(low, grey)
            high = max(high, grey)
            other &+= 1
        }
        // Eight times the grey, to lose no fraction; not within an eighth of an extreme.
        let span = abs(end &- start)
        let least = 8 &* min(start, end) &+ span
        let most = 8 &* max(start, end) &- span
        let level = min(max(2 &* (near &+ low &+ high), least), most)
        var x = from &+ 1
        if end > start {
            while x < to && 8 &* sums[x] < level { x &+= 1 }
        } else {
            while x < to && 8 &* sums[x] > level { x &+= 1 }
        }
        let before = 8 &* sums[x &- 1]
        let step = 8 &* sums[x] &- before
        let part = step == 0 ? 0 : (level &- before) &* Int32(Self.unit) / step
        edges.append(Int32(truncatingIfNeeded: x &- 1) &* Int32(Self.unit) &+ part)
    }
}
