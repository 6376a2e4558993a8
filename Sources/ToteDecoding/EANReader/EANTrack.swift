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

    private static let fewest = 3

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
    static func tracks(
        in profiles: [BarProfile], _ dips: [BarDips], _ layout: EANLayout
    ) -> [EANTrack] {
        var open: [Open] = []
        var tracks: [EANTrack] = []
        for bundle in profiles.indices {
            open.removeAll { track in
                guard bundle - track.bundle > longestGap else { return false }
                if track.track.steps.count >= fewest { tracks.append(track.track) }
                return true
            }
            for span in dips[bundle].spans(for: layout) {
                let look = BarLook(profiles[bundle], span)
                let at = nearest(open, to: span, look, bundle, profiles)
                if let at {
                    open[at].track.steps.append((bundle, span))
                    open[at].look = look
                } else {
                    open.append(
                        Open(track: EANTrack(layout: layout, steps: [(bundle, span)]), look: look))
                }
            }
        }
        tracks += open.map(\.track).filter { $0.steps.count >= fewest }
        return tracks.sorted { $0.weight > $1.weight }
    }

    private struct Open {
        var track: EANTrack
        var look: BarLook
        var bundle: Int { track.steps[track.steps.count - 1].bundle }
        var span: BarSpan { track.steps[track.steps.count - 1].span }
    }

    private static func nearest(
        _ open: [Open], to span: BarSpan, _ look: BarLook, _ bundle: Int, _ profiles: [BarProfile]
    ) -> Int? {
        var at: Int?
        var nearest = Float.infinity
        let module = (span.right - span.left) / Float(open.first?.track.layout.modules ?? 1)
        for index in open.indices where open[index].bundle < bundle {
            let last = open[index].span
            let down = profiles[bundle].row - profiles[open[index].bundle].row
            let way = max(abs(last.left - span.left), abs(last.right - span.right))
            guard way < min(lean * down + 1.5 * module, nearest),
                open[index].look.likeness(to: look) > leastLikeness
            else { continue }
            nearest = way
            at = index
        }
        return at
    }
}
