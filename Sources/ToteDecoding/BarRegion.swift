package import ToteValues

/// Where bars stand side by side: a turned rectangle in px of the picture it was found in.
package struct BarRegion: Hashable, Sendable {
    package var centre: PicturePoint
    /// Unit vector across the bars: the way of a scan line. Made by division and square root only,
    /// so that it is the same on every machine.
    package var acrossX: Double
    package var acrossY: Double
    /// Across the bars, px.
    package var length: Double
    /// Along the bars, px.
    package var height: Double
    /// Changes between dark and light along its middle, as far as they could be told apart.
    package var edges: Int

    package init(
        centre: PicturePoint, acrossX: Double, acrossY: Double, length: Double, height: Double,
        edges: Int = 0
    ) {
        self.centre = centre
        self.acrossX = acrossX
        self.acrossY = acrossY
        self.length = length
        self.height = height
        self.edges = edges
    }
}

extension BarRegion {
    /// Around lines that were read, px above and below; least height of a part.
    private static let lineMargin = 8.0
    private static let leastPart = 40.0

    /// The rows of bars that some points lie in: codes stand above each other in one region.
    package func part(around points: [PicturePoint]) -> BarRegion {
        let places = points.map { ($0.y - centre.y) * acrossX - ($0.x - centre.x) * acrossY }
        guard var top = places.min(), var bottom = places.max() else { return self }
        let spare = max(Self.lineMargin, (Self.leastPart - (bottom - top)) / 2)
        top = max(top - spare, -height / 2)
        bottom = min(bottom + spare, height / 2)
        guard top < bottom else { return self }
        var part = self
        part.height = bottom - top
        let down = (top + bottom) / 2
        part.centre = PicturePoint(x: centre.x - down * acrossY, y: centre.y + down * acrossX)
        return part
    }
}
