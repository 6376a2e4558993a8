// Where an add-on may stand: right of its code, as the code lies in the picture. Scan lines end on
// the code's two sides, whatever its angle; the bars themselves tell the angle by the structure
// tensor of their grey (the way along which grey changes most).

import ToteValues

struct AddOnStrip {
    /// An EAN-13 from first to last bar, modules.
    private static let codeModules = 95.0
    /// px that a module gets in the strip's picture.
    private static let pixels = 3.0
    /// px in the frame; narrower bars cannot be told apart.
    private static let leastModule = 0.8
    /// The strip begins inside the code, so that the white between both is whole.
    private static let inside = 10.0
    /// Up to 12 modules of white, 47 of EAN-5, 5 of white, and room for a code seen aslant.
    private static let length = 80.0
    /// Tall enough for add-ons above or below the middle of the code, modules.
    private static let height = 66.0
    /// Free of bars after an add-on, modules; the standard asks for 5.
    private static let white = 4.0
    /// Of a code so coarse that its bars have no common way, nothing is read (1 is perfect).
    private static let leastCoherence = 0.3

    /// Unit vector across the bars in the code's reading direction, in frame px.
    private let across: PicturePoint
    /// Middle of the code's last bar, in frame px.
    private let end: PicturePoint
    /// px.
    private let module: Double

    private init(_ across: PicturePoint, left: Double, right: Double, middle: Double) {
        self.across = across
        module = (right - left) / Self.codeModules
        end = PicturePoint(
            x: across.x * right - across.y * middle, y: across.y * right + across.x * middle)
    }

    /// The strip, or several where the scan lines do not tell which sides of the code they ended
    /// on: zbar also tells points in the middle of an EAN, where one half ended, so two bundles of
    /// points may be both sides, or the middle and either.
    static func strips(beside code: Reading, in image: GreyImage) -> [AddOnStrip] {
        guard let toFrame = image.map.inverse, code.points.count >= 2 else { return [] }
        let points = code.points.map { toFrame($0) }
        guard let way = image.wayOfChange(in: Box(around: points), least: leastCoherence)
        else { return [] }
        let corners = code.quad.corners.map { toFrame($0) }
        let reading = PicturePoint(x: corners[1].x - corners[0].x, y: corners[1].y - corners[0].y)
        let isForward = way.x * reading.x + way.y * reading.y >= 0
        let across = isForward ? way : PicturePoint(x: -way.x, y: -way.y)
        let along = points.map { $0.x * across.x + $0.y * across.y }.sorted()
        let down = points.map { $0.y * across.x - $0.x * across.y }.sorted()
        return sides(along).filter { $1 - $0 >= codeModules * leastModule }.map { left, right in
            AddOnStrip(across, left: left, right: right, middle: down[down.count / 2])
        }
    }

    /// Of the points along the code only the outermost sixth on either side counts, of which the
    /// median.
    private static func sides(_ along: [Double]) -> [(left: Double, right: Double)] {
        let sixth = (along[along.count - 1] - along[0]) / 6
        let lefts = along.prefix { $0 <= along[0] + sixth }
        let rights = along.drop { $0 < along[along.count - 1] - sixth }
        let left = lefts[lefts.count / 2]
        let right = rights[rights.startIndex + rights.count / 2]
        if lefts.count + rights.count < along.count { return [(left, right)] }
        return [(left, right), (2 * left - right, right), (left, 2 * right - left)]
    }

    /// The strip with upright bars, 3 px a module.
    func picture(of image: GreyImage) -> GreyImage {
        let width = Int(Self.length * Self.pixels)
        let height = Int(Self.height * Self.pixels)
        return GreyImage(
            pixels: image.sampled(width: width, height: height, by: map), width: width,
            height: height)
    }

    /// From px of the strip to px of the frame.
    private var map: PictureMap {
        let step = module / Self.pixels
        let back = -Self.inside * module
        let up = -Self.height * module / 2
        return PictureMap(
            a: across.x * step, b: -across.y * step, d: across.y * step, e: across.x * step,
            c: end.x + across.x * back - across.y * up, f: end.y + across.y * back + across.x * up)
    }

    /// An add-on ends 7 to 12 modules and its own length right of the code, and white follows
    /// (ISO/IEC 15420); a code seen aslant may be a third off. What ends at the picture's rim is
    /// the beginning of a longer one.
    func holds(_ find: Find, in image: GreyImage) -> Bool {
        let points = find.points.map {
            map(PicturePoint(x: $0.x + Self.white * Self.pixels, y: $0.y))
        }
        guard points.allSatisfy({ image.holds($0) }), let last = find.points.map(\.x).max()
        else { return false }
        let modules = last / Self.pixels - Self.inside
        return find.symbology == AddOnReader.two
            ? (20...45).contains(modules) : (45...78).contains(modules)
    }
}

extension GreyImage {
    fileprivate func holds(_ point: PicturePoint) -> Bool {
        point.x >= 0 && point.y >= 0 && point.x < Double(width) && point.y < Double(height)
    }
}

extension PictureMap {
    /// `nil` for a map that flattens.
    fileprivate var inverse: PictureMap? {
        let area = a * e - b * d
        guard area != 0, area.isFinite else { return nil }
        return PictureMap(
            a: e / area, b: -b / area, d: -d / area, e: a / area,
            c: (b * f - e * c) / area, f: (d * c - a * f) / area)
    }
}
