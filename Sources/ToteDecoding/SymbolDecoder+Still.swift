public import ToteValues

extension SymbolDecoder {
    /// Pictures up to this many pixels are used at full size (PIC-8).
    public static let fullSizePixels = 2_000_000

    /// The codes in a still picture. A larger picture is tried at ¼, ½ and 1/1 and left at the
    /// first scale with an accepted code: a photograph of 12 megapixels mostly reads at ¼, in a
    /// tenth of the time.
    ///
    /// - Parameters:
    ///   - width: of the full picture, px.
    ///   - height: of the full picture, px.
    ///   - frame: gives the picture at a scale; `Picture.frame(scale:)` fits.
    /// - Throws: what `frame` throws, or a `DecodingError`.
    public func decodeStill(
        width: Int, height: Int, profile: DecodingProfile = .retail, budget: WorkBudget = .still,
        frame: (FrameScale) throws -> Frame
    ) throws -> DecodeResult {
        var whole = DecodeResult()
        for scale in Self.scales(width: width, height: height) {
            let result = try decode(frame(scale), profile: profile, budget: budget)
            whole.append(result, at: scale)
            if !whole.symbols.isEmpty { break }
        }
        return whole
    }

    package static func scales(width: Int, height: Int) -> [FrameScale] {
        width * height <= fullSizePixels ? [.full] : [.quarter, .half, .full]
    }
}

extension DecodeResult {
    /// Symbols and refusals are those of the last scale, work is that of all.
    fileprivate mutating func append(_ result: DecodeResult, at scale: FrameScale) {
        symbols = result.symbols
        rejected = result.rejected
        stepsRun += result.stepsRun.map { scale == .full ? $0 : "\(scale).\($0)" }
        workPixels += result.workPixels
        budgetSpent = result.budgetSpent
        limitReached = result.limitReached
    }
}
