// Reads EAN-13, UPC-A, EAN-8 and UPC-E that are too blurred, small or faint for edges to be seen.
//
//   1. The picture is cut into bundles of rows; the mean along the bars gives a profile of each.
//   2. A span of bars between quiet zones that goes on over several bundles is a symbol, perhaps.
//   3. One bundle is fitted from several starts; the best fit is carried to all others.
//   4. A code is given only if several bundles come to it, each freely, and if no other valid code
//      explains the bundles nearly as well.
//
// Cost: about 0.1 ms a bundle to see that there is nothing, 1 to 2 ms for a symbol.

import ToteValues

package struct EANReader {
    package init() {}

    private static let mostBundles = 64
    private static let rounds = 1200

    package func read(_ image: GreyImage) -> [Find] {
        var log: [String]? = nil
        return read(image, log: &log)
    }

    package func read(_ image: GreyImage, log: inout [String]?) -> [Find] {
        guard image.width >= 60, image.height >= 3 * RowBundle.rows else { return [] }
        let count = min(Self.mostBundles, image.height / RowBundle.rows)
        let bundles = (0..<count).map {
            RowBundle(image, top: $0 * (image.height - RowBundle.rows) / max(1, count - 1))
        }
        let profiles = bundles.map { BarProfile($0, columns: 0..<image.width, passes: 1) }
        let work = EANWorkspace(budget: Self.rounds)
        var finds: [Find] = []
        var found: [EANTrack] = []
        let dips = profiles.map { BarDips($0) }
        for layout in EANLayout.all {
            let tracks = EANTrack.tracks(in: profiles, dips, layout)
            for track in tracks.prefix(layout.kind == .ean13 ? 3 : 2)
            where work.budget > 0 && !found.contains(where: { $0.overlaps(track) }) {
                log?.append(
                    "track \(layout.kind) \(track.steps.count) bundles from \(track.steps[0].bundle) span \(track.steps[0].span)"
                )
                var trial = EANTrial(bundles: bundles, track: track, work: work)
                let find = trial.run(log: &log)
                if trial.stat != "" { log?.append("stat " + trial.stat) }
                if let find, !finds.contains(where: { $0.bytes == find.bytes }) {
                    finds.append(find)
                    found.append(track)
                }
            }
            if !finds.isEmpty { break }
        }
        log?.append("budget left \(work.budget)")
        return finds
    }
}
