// Reads the QR codes that zbar misses: creased, curled, in steep perspective, mirrored, light on
// dark. Finder patterns → triples of them → poses → a grid that bends with the surface → modules →
// Reed–Solomon, never beyond what the standard lets it correct. Most frames have no three finder
// patterns and cost little more than telling dark from light.

import ToteValues

/// All QR codes of model 2 in a picture, at any angle.
package struct QRReader: Sendable {
    /// Codes returned for a picture.
    private static let mostCodes = 64
    /// Modules sampled in one picture, all tries together: some tens of milliseconds.
    private static let mostModules = 600_000
    /// Corners of triples tried in one picture; each may cost some 50 µs.
    private static let mostCorners = 600
    /// Px; version 1, each module a pixel.
    private static let shortestSide = 21
    /// Px below which no code is left at half size.
    private static let shortestHalved = 120

    package init() {}

    /// Corners are top left, bottom left, bottom right, top right as the symbol stands: zbar's
    /// order. Where nothing is read, noise may be the reason: half size averages it away.
    package func read(_ image: GreyImage) -> [Find] {
        let finds = look(at: image)
        guard finds.isEmpty, min(image.width, image.height) >= Self.shortestHalved,
            let half = image.halved()
        else { return finds }
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
                return read(
                    finders, ShadeWalk(dark: dark, shades),
                    GreySampler(pixels: pixels, width: image.width, height: image.height))
            }
        }
    }

    /// A finder pattern belongs to one symbol.
    private func read(_ finders: [QRFinder], _ walk: ShadeWalk, _ sample: GreySampler) -> [Find] {
        let triples = QRTriples(finders, walk)
        var finds: [Find] = []
        var used: Set<Int> = []
        var corners = Self.mostCorners
        var modules = Self.mostModules
        for triple in triples.triples {
            guard finds.count < Self.mostCodes, corners > 0, modules > 0 else { break }
            let members = [triple.0, triple.1, triple.2]
            if members.contains(where: used.contains) { continue }
            for corner in triples.corners(of: triple) {
                corners -= 1
                guard let poses = QRPoses(corner, walk) else { continue }
                let attempt = QRAttempt(isInverted: corner.isInverted, sample: sample)
                if let find = attempt.read(poses, &modules) {
                    finds.append(find)
                    used.formUnion(members)
                    break
                }
            }
        }
        return finds
    }
}
