// One symbol, sampled at its likeliest poses: as it lies, then with the grid bent to the edges
// seen, a narrower window each pass. Each sampling is decoded as it is and sharpened, and both
// mirrored.

import ToteValues

struct QRAttempt {
    let isInverted: Bool
    let sample: GreySampler

    private static let mostPoses = 3
    /// Modules of the patterns that must have their shade before more is tried, of a thousand:
    /// chance gives 500, codes on cloth more than 900.
    private static let leastLikeness = 700
    /// Modules to each side over which edges are averaged, pass by pass.
    private static let windows = [8, 8, 6, 5, 4, 3]

    /// - Parameter modules: that may still be sampled.
    func read(_ poses: QRPoses, _ modules: inout Int) -> Find? {
        for pose in poses.best(Self.mostPoses) {
            guard modules > 0, let grid = QRGrid(pose.plane, dimension: pose.version.dimension)
            else { continue }
            if let find = read(grid, QRPatterns(pose.version), &modules) { return find }
        }
        return nil
    }

    private func read(_ grid: QRGrid, _ patterns: QRPatterns, _ modules: inout Int) -> Find? {
        var grid = grid
        for window in Self.windows.map(Optional.some) + [nil] {
            modules -= grid.dimension * grid.dimension
            let samples = QRSamples(grid, sample)
            let matrix = samples.matrix(isInverted: isInverted)
            guard patterns.likeness(of: matrix) >= Self.leastLikeness else { return nil }
            if let find = find(matrix, patterns, grid) { return find }
            let sharp = samples.sharpened().matrix(isInverted: isInverted)
            if let find = find(sharp, patterns, grid) { return find }
            guard let window else { return nil }
            grid.bend(samples, sample, reach: window)
        }
        return nil
    }

    private func find(_ matrix: QRMatrix, _ patterns: QRPatterns, _ grid: QRGrid) -> Find? {
        let corners = grid.corners.map { PicturePoint(x: $0.x, y: $0.y) }
        if let symbol = QRSymbol(matrix, patterns) { return Find(symbol, corners) }
        guard let symbol = QRSymbol(matrix.transposed, patterns) else { return nil }
        return Find(symbol, [corners[0], corners[3], corners[2], corners[1]])
    }
}

extension Find {
    /// - Parameter corners: top left, bottom left, bottom right, top right of the symbol.
    fileprivate init(_ symbol: QRSymbol, _ corners: [PicturePoint]) {
        self.init(
            symbology: .qr, bytes: symbol.content.bytes, isGS1: symbol.content.isGS1,
            isAIM: symbol.content.isAIM, part: symbol.content.part, votes: 1, points: corners,
            orientation: Self.orientation(corners))
    }

    /// Where the top row of the symbol runs: right, down, left or up.
    private static func orientation(_ corners: [PicturePoint]) -> Int {
        let x = corners[3].x - corners[0].x
        let y = corners[3].y - corners[0].y
        if abs(x) >= abs(y) { return x >= 0 ? 0 : 180 }
        return y >= 0 ? 90 : 270
    }
}
