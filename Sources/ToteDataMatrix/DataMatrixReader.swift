// Data Matrix as the last step of the ladder (DM-1): the picture as it is, then forms of it in
// which libdmtx finds what it missed. Stops at the first symbol that holds.

package import ToteDecoding
import ToteValues

package struct DataMatrixReader: SymbolReader {
    /// Pixels a frame may cost, summed over the looks.
    package static let mostPixels = 50_000_000
    /// Side above which enlarging costs more than it finds.
    private static let longestDoubled = 640

    package let step = "dataMatrix"

    package init() {}

    package func read(_ image: GreyImage, limit: Int) -> (finds: [Find], workPixels: Int) {
        let limit = min(limit, Self.mostPixels)
        var work = image.width * image.height
        guard work <= limit else { return ([], 0) }
        if let find = UprightFinder.first(in: image, { $0.read(image) }) { return ([find], work) }
        for look in Look.allCases {
            guard let seen = look.picture(of: image, longest: Self.longestDoubled) else { continue }
            let pixels = seen.width * seen.height
            if work + pixels > limit { break }
            work += pixels
            #if DataMatrix
                let found = RegionFinder.first(in: seen) { grid in grid.read(seen) }
                if let found { return ([look.back(found, image)], work) }
            #endif
        }
        return ([], work)
    }
}

/// A form of the picture that is handed to libdmtx.
private enum Look: CaseIterable {
    case plain, adaptive, doubleAdaptive, double, half, mirrored

    func picture(of image: GreyImage, longest: Int) -> GreyImage? {
        let isSmall = max(image.width, image.height) <= longest
        switch self {
        case .plain: return image
        case .adaptive: return image.thresholded(window: 31, offset: 5)
        case .doubleAdaptive:
            return isSmall ? image.doubled().thresholded(window: 51, offset: 5) : nil
        case .double: return isSmall ? image.doubled() : nil
        case .half: return image.halved()
        case .mirrored: return image.mirrored()
        }
    }

    /// The find in px of the picture that was asked about.
    func back(_ find: Find, _ image: GreyImage) -> Find {
        var find = find
        find.points = find.points.map { point in
            switch self {
            case .plain, .adaptive: point
            case .doubleAdaptive, .double: PicturePoint(x: point.x / 2, y: point.y / 2)
            case .half: PicturePoint(x: point.x * 2, y: point.y * 2)
            case .mirrored: PicturePoint(x: Double(image.width) - point.x, y: point.y)
            }
        }
        return find
    }
}

extension GreyImage {
    fileprivate func mirrored() -> GreyImage {
        var image = self
        for row in 0..<height {
            image.pixels[row * width..<(row + 1) * width].reverse()
        }
        return image
    }
}
