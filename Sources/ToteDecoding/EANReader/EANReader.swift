// Reads EAN-13, UPC-A, EAN-8 and UPC-E that are too blurred, small or faint for edges to be seen.
//
//   1. The picture is cut into bundles of eight rows; the mean along the bars is a bundle's
//      profile.
//   2. A span of bars between quiet zones that goes on over several bundles is a symbol, perhaps.
//   3. One bundle is fitted from several starts; what fits is carried to all others.
//   4. A code is given only if several bundles come to it freely, and if no other valid code
//      explains the bundles nearly as well.
//
// Cost: some nanoseconds a pixel where there are no bars, about a millisecond for a symbol, some
// milliseconds for bars of another kind; rounds of fitting are limited.

import ToteValues

package struct EANReader {
    /// Narrowest symbol: a UPC-E with 0.7 px a module and its quiet zones.
    private static let leastWidth = 45
    /// What a cut may be at most; it bounds the memory.
    private static let mostWidth = 4096
    private static let fewestBundles = 3
    private static let mostBundles = 64

    /// How much is tried.
    package struct Effort: Sendable {
        let layouts: [EANLayout]
        /// Tracks that are put to the test: the clearest of each layout.
        let mostTracks: Int
        /// After so many rounds of fitting, about 6 µs each, no track is begun.
        let rounds: Int
        /// Bends to begin with, modules in the middle.
        let bends: [Float]

        package static let full = Effort(
            layouts: EANLayout.all, mostTracks: 3, rounds: 1200, bends: [0, 2, -2])
        /// For bars that somebody has read as EAN-13: the clearest track, from one place.
        package static let witness = Effort(
            layouts: [.ean13], mostTracks: 1, rounds: 1, bends: [0])
    }

    private let effort: Effort

    package init(_ effort: Effort = .full) {
        self.effort = effort
    }

    /// Codes whose bars stand upright, within about 15 degrees; upside down too. Votes are bundles
    /// of rows that come to the code on their own.
    package func read(_ image: GreyImage) -> [Find] {
        let count = min(Self.mostBundles, image.height / RowBundle.rows)
        guard (Self.leastWidth...Self.mostWidth).contains(image.width), count >= Self.fewestBundles
        else { return [] }
        let last = image.height - RowBundle.rows
        let bundles = (0..<count).map { RowBundle(image, top: $0 * last / (count - 1)) }
        let profiles = bundles.map { BarProfile($0, columns: 0..<image.width, passes: 1) }
        let dips = profiles.map { BarDips($0) }
        let work = EANWorkspace(budget: effort.rounds)
        var found: [(track: EANTrack, find: Find)] = []
        for layout in effort.layouts {
            let tracks = EANTrack.tracks(in: profiles, dips, layout)
            for track in tracks.prefix(effort.mostTracks) where work.budget > 0 {
                if found.contains(where: { $0.track.overlaps(track) }) { continue }
                let trial = EANTrial(
                    bundles: bundles, track: track, bends: effort.bends, work: work)
                if let find = trial.run() { found.append((track, find)) }
            }
        }
        return found.map(\.find)
    }
}
