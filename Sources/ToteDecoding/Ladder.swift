// The ladder of preprocessing (1.3): the cheapest look first, then pictures in which bars stand out
// that were too faint, too small, too blurred, inverted or slanted. A pure plan of names and sizes;
// `GreyImage` holds the operators, `SymbolDecoder` climbs.

package enum LadderStep: String, CaseIterable, Sendable {
    case sparse, full, adaptive, half, inverted, turned45, doubleAdaptive, doubleEqualised

    /// Longest side of the frame, px, above which the step costs more than it finds.
    package var longestSide: Int {
        switch self {
        case .sparse, .full, .adaptive, .half, .inverted: .max
        case .turned45: 1200
        case .doubleAdaptive, .doubleEqualised: 1000
        }
    }

    /// Every fourth line only, without the symbologies that a few lines misread (DEC-3).
    package var isSparse: Bool { self == .sparse }
}

package enum LadderPlan {
    /// The steps worth taking for a frame of this size, in order.
    package static func steps(width: Int, height: Int) -> [LadderStep] {
        LadderStep.allCases.filter { max(width, height) <= $0.longestSide }
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
