// The ladder (1.3): the cheapest look first, then, where the gate found bars (DEC-11), regions of
// the frame turned so that bars stand upright, plain and in pictures in which bars stand out that
// were too faint, too blurred or inverted; zbar and our own readers take turns. A pure plan of
// names; `GreyImage` holds the operators, `LadderBench` does the work, `LadderClimb` goes up.

package enum LadderStep: String, CaseIterable, Sendable {
    case sparse, crop, qr, dataBar, codabar
    case cropAdaptive, cropEqualised, cropInverted
    case full, adaptive, ean

    /// Who looks.
    package enum Reader: Sendable {
        case zbar(BarcodeScanner.Settings)
        case qr, dataBar, codabar, ean
    }

    package var reader: Reader {
        switch self {
        case .sparse: .zbar(.sparse)
        case .full, .adaptive: .zbar(.full)
        case .crop, .cropAdaptive, .cropEqualised, .cropInverted: .zbar(.lines)
        case .qr: .qr
        case .dataBar: .dataBar
        case .codabar: .codabar
        case .ean: .ean
        }
    }

    package var looksAtFrame: Bool {
        switch self {
        case .sparse, .full, .adaptive, .qr, .dataBar: true
        default: false
        }
    }

    /// At each region of bars, turned upright. The rows of a stacked DataBar may be regions each,
    /// so that its reader looks at the frame as well.
    package var looksAtRegions: Bool { self == .dataBar || !looksAtFrame }

    /// Edges of a region worth the look. zbar needs to see nearly all of them, of which the
    /// shortest retail symbol has 34. Our own reader of EAN does with bars that have run together,
    /// but has nothing to look for where there are more than of an EAN-13 with an add-on, 92.
    package var edges: ClosedRange<Int> {
        self == .ean ? BarRegionFinder.fewestEdges...96 : 16...Int.max
    }

    /// Most regions looked at, the strongest first.
    package var mostRegions: Int { self == .ean ? 2 : BarRegionFinder.mostRegions }

    /// How often each line stands in the picture looked at: copies are one vote.
    package var copiesOfLine: Int { self == .cropEqualised ? 2 : 1 }

    package var isSparse: Bool { self == .sparse }
}

package enum LadderPlan {
    /// In a frame with a shorter side, px, bars are too short for the gate.
    private static let thinSide = 48
    /// Pixels that cost some milliseconds at most, looked at whole.
    static let smallFrame = 120_000
    /// Steps that each frame of a video gets; of the others it gets one (VID-5).
    private static let always = 3

    /// Whether a step is worth its cost here. All of the frame line by line costs more than all
    /// other steps together: only where bars are too short for the gate, where a code was seen with
    /// too few votes, or, against a threshold that follows the light, in a small frame.
    package static func isWorth(
        _ step: LadderStep, width: Int, height: Int, _ verdict: AcceptanceRules.Verdict
    ) -> Bool {
        switch step {
        case .full: min(width, height) < thinSide || verdict.isCloseToMore
        case .adaptive: width * height <= smallFrame
        default: true
        }
    }

    /// The first steps, and one of the others in rotation.
    package static func videoSteps(sequence: UInt64) -> [LadderStep] {
        let others = LadderStep.allCases.dropFirst(always)
        let turn = Int(sequence % UInt64(others.count))
        return Array(LadderStep.allCases.prefix(always) + others.dropFirst(turn).prefix(1))
    }

    /// Stop at the first step after which something is accepted; only after the sparse look, that
    /// skips three lines of four, go on while another code in view wants a few more votes: in a
    /// picture of two codes the shopper must be asked, not given the first.
    package static func isDone(
        after step: LadderStep, _ verdict: AcceptanceRules.Verdict
    ) -> Bool {
        !verdict.accepted.isEmpty && !(step.isSparse && verdict.isCloseToMore)
    }
}
