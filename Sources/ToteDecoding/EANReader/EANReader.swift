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

    /// Rounds of fitting, about 6 µs each, after which no track is begun.
    private static let budget = 1200
    /// Tracks that are put to the test: the clearest of each layout.
    private static let mostTracks = 3

    package init() {}

    /// Codes whose bars stand upright, within about 15 degrees; upside down too. Votes are bundles
    /// of rows that come to the code on their own.
    package func read(_ image: GreyImage) -> [Find] {
        guard let look = Look(image) else { return [] }
        let work = EANWorkspace(budget: Self.budget)
        var found: [(track: EANTrack, find: Find)] = []
        for layout in EANLayout.all {
            for track in look.tracks(layout).prefix(Self.mostTracks) where work.budget > 0 {
                if found.contains(where: { $0.track.overlaps(track) }) { continue }
                let trial = EANTrial(bundles: look.bundles, track: track, work: work)
                if let find = trial.run() { found.append((track, find)) }
            }
        }
        return found.map(\.find)
    }

    /// What a look at the whole of the bars says of an EAN-13 that somebody has read there.
    package enum Testimony {
        case code(Find)
        /// Other digits, which are no code, explain the bars clearly better.
        case denial
        case silence
    }

    /// Of the clearest bars, from one place and straight: about half a millisecond.
    ///
    /// - Parameter claim: the thirteen digits that were read.
    package func testimony(on image: GreyImage, of claim: [UInt8]) -> Testimony {
        guard let look = Look(image), let track = look.tracks(.ean13).first else { return .silence }
        return EANTrial(
            bundles: look.bundles, track: track, bends: [0], work: EANWorkspace(budget: 1)
        ).testify(of: claim)
    }

    /// The picture as rows of bars.
    private struct Look {
        let bundles: [RowBundle]
        let profiles: [BarProfile]
        let dips: [BarDips]

        init?(_ image: GreyImage) {
            let count = min(EANReader.mostBundles, image.height / RowBundle.rows)
            guard (EANReader.leastWidth...EANReader.mostWidth).contains(image.width),
                count >= EANReader.fewestBundles
            else { return nil }
            let last = image.height - RowBundle.rows
            bundles = (0..<count).map { RowBundle(image, top: $0 * last / (count - 1)) }
            profiles = bundles.map { BarProfile($0, columns: 0..<image.width, passes: 1) }
            dips = profiles.map { BarDips($0) }
        }

        func tracks(_ layout: EANLayout) -> [EANTrack] {
            EANTrack.tracks(in: profiles, dips, layout)
        }
    }
}
