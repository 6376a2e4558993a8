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

    static let bundleRows = 8

    package func read(_ image: GreyImage) -> [Find] {
        var log: [String]? = nil
        return read(image, log: &log)
    }

    package func read(_ image: GreyImage, log: inout [String]?) -> [Find] {
        let rows = Self.bundleRows
        guard image.width >= 60, image.height >= 3 * rows else { return [] }
        let profiles = (0..<image.height / rows).compactMap { bundle in
            BarProfile(
                image, rows: bundle * rows..<(bundle + 1) * rows, columns: 0..<image.width)
        }
        let work = EANWorkspace()
        var finds: [Find] = []
        for layout in EANLayout.all {
            let tracks = EANTrack.tracks(in: profiles, layout, bundleRows: rows)
            for track in tracks.prefix(4) where track.steps.count >= 3 {
                log?.append(
                    "track \(layout.kind) \(track.steps.count) bundles from \(track.steps[0].bundle) span \(track.steps[0].span)"
                )
                var trial = EANTrial(image: image, track: track, work: work)
                defer {
                    for s in trial.stats {
                        log?.append(
                            "stat \(s.1) \(s.0) votes \(s.2) of \(s.3) err \(s.4) ratio \(s.5) refit \(s.6)"
                        )
                    }
                }
                if let find = trial.run(log: &log) { finds.append(find) }
            }
            if !finds.isEmpty { break }
        }
        return finds
    }
}
