// Reads the QR codes that zbar misses: creased, curled, in steep perspective, mirrored, light on
// dark. Finder patterns → triples of them → poses → a grid that bends with the surface → modules →
// Reed–Solomon, never beyond what the standard lets it correct. Most frames have no three finder
// patterns and cost no more than telling dark from light.

import ToteValues

package struct QRReader: Sendable {
    /// Codes returned for a picture.
    static let mostCodes = 64
    /// Modules sampled in one picture, all tries together: some tens of milliseconds.
    private static let mostModules = 600_000
    /// Poses of one triple that are sampled.
    private static let mostPoses = 3
    /// Modules of the patterns that must have their shade before the grid is bent, of a thousand:
    /// chance gives 500, codes on cloth more than 900.
    private static let leastLikeness = 700
    /// Windows over which edges are averaged, pass by pass, modules.
    private static let windows = [8, 6, 5, 4, 3, 3]
    static let shortestSide = 21

    package init() {}

    package func read(_ image: GreyImage) -> [Find] {
        let finds = look(at: image)
        guard finds.isEmpty, min(image.width, image.height) >= 120, let half = image.halved() else { return finds }
        return look(at: half).map { find in
            var find = find
            find.points = find.points.map { PicturePoint(x: 2 * $0.x, y: 2 * $0.y) }
            return find
        }
    }

    private func look(at image: GreyImage) -> [Find] {
        guard min(image.width, image.height) >= Self.shortestSide else { return [] }
        let shades = QRShades(image)
        let finders = QRFinderSearch(shades).finders
        guard finders.count >= 3 else { return [] }
        return shades.dark.withUnsafeBufferPointer { dark in
            image.pixels.withUnsafeBufferPointer { pixels in
                guard let dark = dark.baseAddress, let pixels = pixels.baseAddress else {
                    return []
                }
                let walk = ShadeWalk(dark: dark, shades)
                let sample = GreySampler(
                    pixels: pixels, width: image.width, height: image.height)
                return read(finders, walk, sample)
            }
        }
    }

    private func read(_ finders: [QRFinder], _ walk: ShadeWalk, _ sample: GreySampler) -> [Find] {
        let triples = QRTriples(finders, walk)
        var finds: [Find] = []
        var used: Set<Int> = []
        var modulesLeft = Self.mostModules
        for triple in triples.triples {
            guard finds.count < Self.mostCodes, modulesLeft > 0 else { break }
            let members = [triple.0, triple.1, triple.2]
            if members.contains(where: used.contains) { continue }
            for corner in triples.corners(of: triple) {
                if let find = read(corner, walk, sample, &modulesLeft) {
                    finds.append(find)
                    used.formUnion(members)
                    break
                }
            }
        }
        return finds
    }

    private func read(
        _ triple: QRTriple, _ walk: ShadeWalk, _ sample: GreySampler, _ modulesLeft: inout Int
    ) -> Find? {
        guard let poses = QRPoses(triple, walk) else { return nil }
        for pose in poses.best(Self.mostPoses) {
            guard modulesLeft > 0, var grid = QRGrid(pose.plane, dimension: pose.version.dimension)
            else { continue }
            let patterns = QRPatterns(pose.version)
            for window in [0] + Self.windows {
                modulesLeft -= grid.dimension * grid.dimension
                let samples = QRSamples(grid, sample)
                let matrix = samples.matrix(isInverted: triple.isInverted)
                guard patterns.likeness(of: matrix) >= Self.leastLikeness else { break }
                if let find = decode(matrix, patterns, grid) { return find }
                grid.bend(samples, sample, reach: window == 0 ? 8 : window)
            }
        }
        return nil
    }

    private func decode(_ matrix: QRMatrix, _ patterns: QRPatterns, _ grid: QRGrid) -> Find? {
        let corners = grid.corners.map { PicturePoint(x: $0.x, y: $0.y) }
        if let symbol = QRSymbol(matrix, patterns) {
            return find(symbol, corners)
        }
        guard let symbol = QRSymbol(matrix.transposed, patterns) else { return nil }
        return find(symbol, [corners[0], corners[3], corners[2], corners[1]])
    }

    private func find(_ symbol: QRSymbol, _ corners: [PicturePoint]) -> Find {
        Find(
            symbology: .qr, bytes: symbol.content.bytes, isGS1: symbol.content.isGS1,
            isAIM: symbol.content.isAIM, votes: 1, points: corners,
            orientation: Self.orientation(corners))
    }

    /// To which side the top of the symbol points; corners stand top left, bottom left, bottom
    /// right, top right.
    private static func orientation(_ corners: [PicturePoint]) -> Int {
        let x = corners[3].x - corners[0].x
        let y = corners[3].y - corners[0].y
        if abs(x) >= abs(y) { return x >= 0 ? 0 : 180 }
        return y >= 0 ? 90 : 270
    }
}
