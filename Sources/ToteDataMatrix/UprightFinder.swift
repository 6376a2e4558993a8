// Symbols that stand straight in the picture, as screens and labels show them, in all sizes of both
// standards; libdmtx knows only those of the first. The two solid bars join in one dark piece that
// is as large as the symbol; the other two sides tell the number of modules by their changes.

import ToteDecoding
import ToteValues

enum UprightFinder {
    /// The smallest symbol has 8 × 18 modules of one px.
    private static let shortestSide = 8
    private static let mostPieces = 24

    static func first(in image: GreyImage, _ read: (DataMatrixGrid) -> Find?) -> Find? {
        guard let low = image.pixels.min(), let high = image.pixels.max(), high - low >= 32
        else { return nil }
        let middle = UInt8((Int(low) + Int(high)) / 2)
        // Dark on light, else light on dark.
        return first(in: BlackPicture(image.pixels.map { $0 < middle }, width: image.width), read)
            ?? first(in: BlackPicture(image.pixels.map { $0 >= middle }, width: image.width), read)
    }

    private static func first(
        in picture: BlackPicture, _ read: (DataMatrixGrid) -> Find?
    ) -> Find? {
        let pieces = picture.pieces().filter { $0.shorterSide >= shortestSide }
            .sorted { ($0.area, $0.left, $0.top) > ($1.area, $1.left, $1.top) }
        for piece in pieces.prefix(mostPieces) {
            for view in piece.views {
                if let find = grid(view, of: picture).flatMap(read) { return find }
            }
        }
        return nil
    }

    /// The grid, if the left and lower side of the view are solid and the others change as often as
    /// a size of the standards does.
    private static func grid(_ view: PieceView, of picture: BlackPicture) -> DataMatrixGrid? {
        guard picture.isSolid(from: view.topLeft, to: view.bottomLeft),
            picture.isSolid(from: view.bottomLeft, to: view.bottomRight)
        else { return nil }
        let columns = picture.runs(from: view.topLeft, to: view.topRight)
        let rows = picture.runs(from: view.bottomRight, to: view.topRight)
        guard let size = DataMatrixSize(rows: rows, columns: columns) else { return nil }
        return DataMatrixGrid(map: view.map, size: size)
    }
}

/// A corner of a piece in whole px.
struct PixelPlace: Hashable {
    var x: Int
    var y: Int
}

/// One of the eight ways to look at a rectangle: four turns, and their mirror images.
struct PieceView {
    var topLeft: PixelPlace
    var topRight: PixelPlace
    var bottomLeft: PixelPlace
    var bottomRight: PixelPlace
    /// From the unit square to the outer rim of the piece.
    var map: ProjectiveMap
}

/// The smallest rectangle about dark pixels that hang together, last row and column included.
struct Piece: Hashable {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    var shorterSide: Int { min(right - left, bottom - top) + 1 }
    var area: Int { (right - left + 1) * (bottom - top + 1) }

    mutating func join(_ other: Piece) {
        left = min(left, other.left)
        top = min(top, other.top)
        right = max(right, other.right)
        bottom = max(bottom, other.bottom)
    }

    var views: [PieceView] {
        let corners = [
            PixelPlace(x: left, y: top), PixelPlace(x: right, y: top),
            PixelPlace(x: right, y: bottom), PixelPlace(x: left, y: bottom),
        ]
        return (0..<4).flatMap { turn in
            let turned = (0..<4).map { corners[($0 + turn) % 4] }
            return [view(turned), view([turned[1], turned[0], turned[3], turned[2]])]
        }
    }

    /// - Parameter corners: clockwise from the view's top left.
    private func view(_ corners: [PixelPlace]) -> PieceView {
        PieceView(
            topLeft: corners[0], topRight: corners[1], bottomLeft: corners[3],
            bottomRight: corners[2],
            map: ProjectiveMap(
                origin: rim(corners[0]), right: rim(corners[1]), down: rim(corners[3])))
    }

    private func rim(_ corner: PixelPlace) -> PicturePoint {
        PicturePoint(
            x: Double(corner.x == right ? right + 1 : left),
            y: Double(corner.y == bottom ? bottom + 1 : top))
    }
}
