// A reading: what zbar says about one symbol, mapped to the source picture, before we believe it.

package import ToteValues

package struct Reading: Hashable, Sendable {
    package var symbology: Symbology
    package var bytes: [UInt8]
    /// FNC1 first (GS1) or second (AIM) in the symbol, as zbar's modifiers say.
    package var isGS1: Bool
    package var isAIM: Bool
    package var part: SymbolPart?
    /// Pairs of a Code 39 have become characters of full ASCII.
    package var isTranslated = false
    /// Agreeing scan lines, summed over ladder steps.
    package var votes: Int
    /// Scan lines from the first to the last that agreed, summed over ladder steps.
    package var lines: Int
    package var quad: Quad
    /// Where scan lines ended on the symbol; tells neighbours from rivals.
    package var points: [PicturePoint]
    package var orientation: Int?
    /// Ladder step that saw it last.
    package var step: String
    /// The quad is turned with the bars; else it is an upright box around them.
    package var isTurned: Bool
    /// Who read it: zbar, a reader of ours, or both with the same result.
    package var readers: Readers

    /// Our reader of EAN saw plainly that the bars are no code.
    package var isDenied = false

    package struct Readers: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let zbar = Readers(rawValue: 1)
        package static let own = Readers(rawValue: 2)
        package static let both: Readers = [.zbar, .own]
    }

    package init(
        symbology: Symbology, bytes: [UInt8], isGS1: Bool = false, isAIM: Bool = false,
        votes: Int, lines: Int? = nil, quad: Quad, points: [PicturePoint]? = nil,
        orientation: Int? = nil, step: String = "", isTurned: Bool = false, readers: Readers = .zbar
    ) {
        self.symbology = symbology
        self.bytes = bytes
        self.isGS1 = isGS1
        self.isAIM = isAIM
        self.votes = votes
        self.lines = lines ?? votes
        self.quad = quad
        self.points = points ?? quad.corners
        self.orientation = orientation
        self.step = step
        self.isTurned = isTurned
        self.readers = readers
    }

    package var box: Box { Box(around: points) }
}

/// An upright rectangle in picture px.
package struct Box: Hashable, Sendable {
    package var left: Double
    package var top: Double
    package var right: Double
    package var bottom: Double

    package init(around points: [PicturePoint]) {
        left = points.map(\.x).min() ?? 0
        top = points.map(\.y).min() ?? 0
        right = points.map(\.x).max() ?? 0
        bottom = points.map(\.y).max() ?? 0
    }

    var width: Double { right - left }
    var height: Double { bottom - top }
    var longerSide: Double { max(width, height) }
    var centre: PicturePoint { PicturePoint(x: (left + right) / 2, y: (top + bottom) / 2) }

    func grown(by margin: Double) -> Box {
        var box = self
        box.left -= margin
        box.top -= margin
        box.right += margin
        box.bottom += margin
        return box
    }

    func contains(_ point: PicturePoint) -> Bool {
        point.x >= left && point.x <= right && point.y >= top && point.y <= bottom
    }
}

extension Quad {
    var box: Box { Box(around: corners) }
}
