import ToteValues

/// A reader that another module adds behind the last step of the ladder. `SymbolDecoder` asks it
/// only about frames in which nothing was accepted.
package protocol SymbolReader {
    /// Name of its ladder step.
    var step: String { get }

    /// What it finds, with the pixels it looked at.
    ///
    /// - Parameter limit: of pixels it may look at, summed over its looks.
    func read(_ image: GreyImage, limit: Int) -> (finds: [Find], workPixels: Int)
}

extension Reading {
    /// A two-dimensional code of such a reader: four corners, clockwise from its own top left.
    init?(_ find: Find, on image: GreyImage, step: String) {
        guard find.points.count == 4 else { return nil }
        let corners = find.points.map { image.map($0) }
        self.init(
            symbology: find.symbology, bytes: find.bytes, isGS1: find.isGS1, isAIM: find.isAIM,
            votes: find.votes,
            quad: Quad(
                topLeft: corners[0], topRight: corners[1], bottomRight: corners[2],
                bottomLeft: corners[3]),
            points: corners, orientation: find.orientation, step: step)
    }
}
