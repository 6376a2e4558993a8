public import ToteBarcodes

/// What a shopper wants to add, and the answers to what had to be asked about it.
public struct ScanRequest: Hashable, Sendable {
    public var input: ScanInput
    /// 1…999; `nil` where nobody said: one, and for produce by its number it is asked (PLU-2).
    public var pieces: Int?
    /// Weight from a scale, 1…99,999, for goods sold by weight without it in the code.
    public var grams: Int?
    /// SKU of the article that is meant, where several have the code.
    public var article: String?
    /// Questions that were answered with yes, as `TripError.code` names them: `checkLot`,
    /// `sellByPassed` …
    public var confirmed: Set<String>

    public init(
        _ input: ScanInput, pieces: Int? = nil, grams: Int? = nil, article: String? = nil,
        confirmed: Set<String> = []
    ) {
        self.input = input
        self.pieces = pieces
        self.grams = grams
        self.article = article
        self.confirmed = confirmed
    }
}
