// The ladder of preprocessing (1.3): the cheapest look first, then, where the gate found bars or
// finder patterns (DEC-11), pictures in which codes stand out that were too faint, too small, too
// blurred, inverted or slanted. A pure plan of names and sizes; `GreyImage` holds the operators,
// `SymbolDecoder` climbs.

package enum LadderStep: String, CaseIterable, Sendable {
    case sparse, crop, matrix, cropAdaptive, matrixAdaptive, cropEqualised, cropInverted
    case matrixInverted, adaptive, half

    /// What a step looks at.
    package enum Place: Sendable {
        case frame
        /// Each region of bars, turned upright.
        case regions
        /// The frame, if finder patterns stand in it dark on light, or light on dark.
        case patterns, lightPatterns
    }

    package var place: Place {
        switch self {
        case .sparse, .adaptive, .half: .frame
        case .crop, .cropAdaptive, .cropEqualised, .cropInverted: .regions
        case .matrix, .matrixAdaptive: .patterns
        case .matrixInverted: .lightPatterns
        }
    }

    package var scan: BarcodeScanner.Settings {
        switch place {
        case .frame: self == .sparse ? .sparse : .full
        case .regions: .lines
        case .patterns, .lightPatterns: .matrix
        }
    }

    /// Longest side of the frame, px, above which the step costs more than it finds.
    package var longestSide: Int {
        switch self {
        case .adaptive: 320
        case .half: 640
        default: .max
        }
    }

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
