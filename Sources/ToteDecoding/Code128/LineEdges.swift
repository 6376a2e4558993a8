// The bars of one scan line. A line is followed from one extreme of brightness to the next; an edge
// lies where it crosses the middle of the two, so that a blurred narrow bar keeps its place though
// it never gets quite black. One pass; an extreme counts when the line turns back by an eighth of
// its whole contrast.

struct LineEdges {
    /// A pixel in edge units.
    static let unit = 16
    /// Less contrast, grey levels, is noise.
    private static let leastContrast = 24

    /// Widths between neighbouring edges in 1/16 px: bar, space, bar …
    private(set) var widths: [Int] = []

    /// - Parameter line: grey levels along the line.
    init(_ line: [UInt8]) {
        guard let low = line.min(), let high = line.max() else { return }
        let contrast = Int(high) - Int(low)
        guard contrast >= Self.leastContrast else { return }
        let extremes = Self.extremes(of: line, turn: contrast / 8)
        var edges: [Int] = []
        for (one, next) in zip(extremes, extremes.dropFirst()) {
            edges.append(Self.edge(line, from: one, to: next))
        }
        // The first edge must lead into a bar.
        if extremes.count > 1, line[extremes[0]] < line[extremes[1]] { edges.removeFirst() }
        widths = zip(edges, edges.dropFirst()).map { max($1 - $0, 1) }
    }

    /// Places of bright and dark extremes, in turn.
    private static func extremes(of line: [UInt8], turn: Int) -> [Int] {
        var extremes: [Int] = []
        var (darkest, brightest) = (0, 0)
        var isRising: Bool?
        for place in line.indices {
            if line[place] > line[brightest] { brightest = place }
            if line[place] < line[darkest] { darkest = place }
            if isRising != false, Int(line[brightest]) - Int(line[place]) > turn {
                extremes.append(brightest)
                (isRising, darkest) = (false, place)
            } else if isRising != true, Int(line[place]) - Int(line[darkest]) > turn {
                extremes.append(darkest)
                (isRising, brightest) = (true, place)
            }
        }
        if let isRising { extremes.append(isRising ? brightest : darkest) }
        return extremes
    }

    /// Where the line crosses the middle grey between two extremes, in 1/16 px.
    private static func edge(_ line: [UInt8], from start: Int, to end: Int) -> Int {
        let doubled = Int(line[start]) + Int(line[end])
        let isFalling = line[start] > line[end]
        for place in start..<end {
            let here = 2 * Int(line[place]) - doubled
            let next = 2 * Int(line[place + 1]) - doubled
            let crosses = isFalling ? here >= 0 && next < 0 : here <= 0 && next > 0
            if crosses { return unit * place + unit * here / (here - next) }
        }
        return unit * end
    }
}
