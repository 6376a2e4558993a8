// Which places of a picture look like bars: blocks of 8 × 8 px, 4 px apart, in which the grey
// values are steep and mostly in one direction (DEC-11).

/// What the structure tensor says about each block.
struct BarRegionBlocks {
    /// Half the least coherence squared, as a divisor: coherence ≥ ½.
    private static let incoherence: Int = 4
    /// Least mean of the squared slope, in squared grey values a pixel. Bars out of focus have
    /// little more; grain that has as much goes in no common direction.
    static let leastEnergy = 8
    static let pixels = 64

    private(set) var width = 0
    private(set) var height = 0
    /// The direction across the bars with its angle doubled, so that opposite slopes agree; its
    /// length is the strength. 0, 0 where no bars are.
    private(set) var x: [Int32] = []
    private(set) var y: [Int32] = []

    mutating func measure(_ cells: BarRegionCells) {
        width = max(0, cells.width - 1)
        height = max(0, cells.height - 1)
        x.resize(to: width * height)
        y.resize(to: width * height)
        for row in 0..<height {
            for column in 0..<width {
                let cell = row &* cells.width &+ column
                let across = Self.sum(cells.across, cell, cells.width)
                let down = Self.sum(cells.down, cell, cells.width)
                let difference = across &- down
                let mixed = 4 &* Self.sum(cells.mixed, cell, cells.width)
                let energy = across &+ down
                let isBar =
                    energy >= Self.leastEnergy &* Self.pixels
                    && Self.incoherence &* (difference &* difference &+ mixed &* mixed)
                        >= energy &* energy
                let block = row &* width &+ column
                x[block] = isBar ? Int32(truncatingIfNeeded: difference) : 0
                y[block] = isBar ? Int32(truncatingIfNeeded: mixed) : 0
            }
        }
    }

    func strength(_ block: Int) -> Double {
        let x = Double(x[block])
        let y = Double(y[block])
        return (x * x + y * y).squareRoot()
    }

    @inline(__always)
    private static func sum(_ cells: [Int32], _ first: Int, _ stride: Int) -> Int {
        Int(cells[first]) &+ Int(cells[first &+ 1]) &+ Int(cells[first &+ stride])
            &+ Int(cells[first &+ stride &+ 1])
    }
}
