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

    /// Bars go on below as they are above; letters do not.
    private static let leastLikeness: Float = 0.7

    private var weight: Float { steps.reduce(0) { $0 + $1.span.clearness } }

    /// Whether this lies on what another track stands on.
    func overlaps(_ other: EANTrack) -> Bool {
        steps.contains { step in
            other.steps.contains {
                $0.bundle == step.bundle && $0.span.left < step.span.right
                    && step.span.left < $0.span.right
            }
        }
    }

    /// Longest and clearest tracks first.
    static func tracks(in profiles: [BarProfile], _ layout: EANLayout) -> [EANTrack] {
        var open: [EANTrack] = []
        var tracks: [EANTrack] = []
        for (bundle, profile) in profiles.enumerated() {
            for span in profile.spans(for: layout) {
                var at: Int?
                var nearest = Float.infinity
                for (index, track) in open.enumerated() {
                    guard let last = track.steps.last, last.bundle < bundle else { continue }
                    let module = (span.right - span.left) / Float(layout.modules)
                    let reach = lean * (profiles[bundle].row - profiles[last.bundle].row) + 1.5 * module
                    let way = max(abs(last.span.left - span.left), abs(last.span.right - span.right))
                    if way < min(reach, nearest),
                        last.span.look.likeness(to: span.look) > leastLikeness
                    {
                        nearest = way
                        at = index
                    }
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
        return (tracks + open).sorted { $0.weight > $1.weight }
    }
}
