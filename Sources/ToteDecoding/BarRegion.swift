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
