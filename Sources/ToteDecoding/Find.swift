package import ToteValues

/// What one look at a picture found, by zbar or by a reader of ours, in px of that picture.
package struct Find: Hashable, Sendable {
    package var symbology: Symbology
    package var bytes: [UInt8]
    /// FNC1 first (GS1) or second (AIM) in the symbol.
    package var isGS1: Bool
    package var isAIM: Bool
    package var part: SymbolPart?
    /// Scan lines that agree, 1 for a two-dimensional code.
    package var votes: Int
    /// Where scan lines began and ended; the corners of a two-dimensional code.
    package var points: [PicturePoint]
    /// Degrees clockwise; `nil` when nobody can tell.
    package var orientation: Int?

    package init(
        symbology: Symbology, bytes: [UInt8], isGS1: Bool = false, isAIM: Bool = false,
        part: SymbolPart? = nil, votes: Int, points: [PicturePoint], orientation: Int? = nil
    ) {
        self.symbology = symbology
        self.bytes = bytes
        self.isGS1 = isGS1
        self.isAIM = isAIM
        self.part = part
        self.votes = votes
        self.points = points
        self.orientation = orientation
    }

    /// Scan lines from the first to the last that agreed, those between that did not among them.
    package var spannedLines: Int {
        let box = Box(around: points)
        let isUpright = orientation.map { $0 % 180 == 90 } ?? false
        return max(votes, Int(isUpright ? box.width : box.height) + 1)
    }
}
