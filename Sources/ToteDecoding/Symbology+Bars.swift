import ToteValues

extension Symbology {
    /// One row of bars, or rows of bars as DataBar has; not a code of cells.
    var isLinear: Bool {
        switch self {
        case .ean13, .ean8, .upcE, .code128, .code39, .itf, .codabar, .dataBar, .dataBarExpanded,
            .code93:
            true
        default: false
        }
    }

    /// How hard it is to see this symbology in bars that are not: 3 has a check and fixed guards,
    /// 2 is short or checks weakly, 1 has no check at all.
    var selfCheck: Int {
        switch self {
        case .ean13, .code128, .dataBar, .dataBarExpanded, .code93: 3
        case .ean8, .upcE: 2
        default: 1
        }
    }
}
