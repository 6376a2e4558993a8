// A span that goes on from bundle to bundle, as bars do.

struct EANTrack {
    var layout: EANLayout
    /// Bundle and span, from top to bottom.
    var steps: [(bundle: Int, span: BarSpan)]

    /// Bundles that may be missing in between: glare, a scratch.
    private static let longestGap = 2
    /// What ends may move from one bundle to the next: bars lean by up to 0.25, and an end is
    /// found to about a module.
    private static let lean: Float = 0.3

    /// Longest tracks first.
    static func tracks(in profiles: [BarProfile], _ layout: EANLayout, bundleRows: Int)
        -> [EANTrack]
    {
        var open: [EANTrack] = []
        var tracks: [EANTrack] = []
        for (bundle, profile) in profiles.enumerated() {
            for span in profile.spans(for: layout) {
                let at = open.firstIndex { track in
                    guard let last = track.steps.last, last.bundle < bundle else { return false }
                    let module = (span.right - span.left) / Float(layout.modules)
                    let reach = lean * Float(bundleRows * (bundle - last.bundle)) + 1.5 * module
                    return abs(last.span.left - span.left) < reach
                        && abs(last.span.right - span.right) < reach
                }
                if let at {
                    open[at].steps.append((bundle, span))
                } else {
                    open.append(EANTrack(layout: layout, steps: [(bundle, span)]))
                }
            }
            tracks += open.filter { bundle - ($0.steps.last?.bundle ?? 0) > longestGap }
            open.removeAll { bundle - ($0.steps.last?.bundle ?? 0) > longestGap }
        }
        return (tracks + open).sorted { $0.steps.count > $1.steps.count }
    }
}
