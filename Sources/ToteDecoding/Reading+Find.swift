import ToteValues

extension Reading {
    /// A find with its points mapped from the prepared picture to the source picture.
    package init(_ find: Find, on image: GreyImage, step: LadderStep, isCut: Bool) {
        let corners = Self.corners(of: find).map { image.map($0) }
        var readers = Readers.own
        if case .zbar = step.reader { readers = .zbar }
        let copies = step.copiesOfLine
        self.init(
            symbology: find.symbology, bytes: find.bytes, isGS1: find.isGS1, isAIM: find.isAIM,
            votes: (find.votes + copies - 1) / copies,
            lines: (find.spannedLines + copies - 1) / copies,
            quad: Quad(
                topLeft: corners[0], topRight: corners[1], bottomRight: corners[2],
                bottomLeft: corners[3]),
            points: find.points.map { image.map($0) },
            orientation: find.orientation.flatMap { image.map.turned($0) },
            step: step.rawValue, isTurned: isCut, readers: readers)
        part = find.part
    }

    /// Four corners clockwise from the symbol's own top left. QR: as they were found. Linear codes:
    /// the box of all scan line ends, begun at the corner that the orientation names.
    private static func corners(of find: Find) -> [PicturePoint] {
        if find.symbology == .qr, find.points.count == 4 {
            return [find.points[0], find.points[3], find.points[2], find.points[1]]
        }
        let box = Box(around: find.points)
        let upright = [
            PicturePoint(x: box.left, y: box.top), PicturePoint(x: box.right, y: box.top),
            PicturePoint(x: box.right, y: box.bottom), PicturePoint(x: box.left, y: box.bottom),
        ]
        let quarters = (find.orientation ?? 0) / 90
        return (0..<4).map { upright[($0 + quarters) % 4] }
    }
}

extension PictureMap {
    /// The quarter that an orientation in this picture becomes in the source picture; `nil` if it
    /// lies between two, 22.5° or more from each.
    func turned(_ degrees: Int) -> Int? {
        // tan 22.5° = 0.4142, in rounds of 1/4096.
        let least = 2.4142
        if a > 0, a >= least * abs(d) { return degrees }
        if a < 0, -a >= least * abs(d) { return (degrees + 180) % 360 }
        if d > 0, d >= least * abs(a) { return (degrees + 90) % 360 }
        if d < 0, -d >= least * abs(a) { return (degrees + 270) % 360 }
        return nil
    }
}
