/// What it takes to believe a code. Any bars can be explained as some code or other; what sets a
/// true one apart is that no other valid code explains the rows nearly as well. Over photographs
/// and thousands of drawn bars without the code, wrong EAN-13 stay below a ratio of 1.21.
struct EANRule: Sendable {
    /// Bundles that come to the code freely, with sets and check digit right by themselves.
    var votes: Int
    /// Squared error of the next best valid code against that of the code, at the same place.
    var ratio: Float
    /// The same after the other code has found its own best place and blur.
    var refitRatio: Float
    /// Largest mean share of the variance that the code leaves unexplained.
    var error: Float
    /// Largest bend, modules in the middle.
    var bend: Float
    /// Largest spread or loss of ink on either side of a bar, modules.
    private static let ink: Float = 0.25

    private static let strong = EANRule(
        votes: 3, ratio: 1.3, refitRatio: 1.2, error: 0.15, bend: 5)
    /// EAN-8 and UPC-E have few digits, and a UPC-E has no check digit of its own.
    private static let weak = EANRule(votes: 5, ratio: 2, refitRatio: 1.8, error: 0.1, bend: 1.5)
    /// A code that leaves more than this unexplained must stand out more.
    private static let goodError: Float = 0.06
    private static let moreRatio: Float = 0.15

    static func of(_ layout: EANLayout) -> EANRule { layout.kind == .ean13 ? strong : weak }

    func allows(_ fit: EANFit) -> Bool {
        abs(fit.c) <= bend * fit.module && abs(fit.ink) <= Self.ink
    }

    func allows(votes: Int, error: Float, ratio: Float, refitRatio: Float) -> Bool {
        let more = error > Self.goodError ? Self.moreRatio : 0
        return votes >= self.votes && error <= self.error && ratio >= self.ratio + more
            && refitRatio >= self.refitRatio + more
    }

    /// Whether digits that are no code explain rows well enough to deny a code that others saw.
    func denies(error: Float, ratio: Float) -> Bool {
        error <= Self.goodError && ratio >= self.ratio
    }
}
