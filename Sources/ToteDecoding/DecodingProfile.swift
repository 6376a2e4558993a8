public import ToteValues

/// What a caller expects to find.
public struct DecodingProfile: Sendable {
    /// Whether the bytes of a GS1 symbol make sense (DEC-15). Called for DataBar Expanded and for
    /// GS1-128 seen by one scan line only.
    public typealias ContentCheck = @Sendable (_ symbology: Symbology, _ bytes: [UInt8]) -> Bool

    /// Lengths of Interleaved 2 of 5 that count at all; it has no check of its own.
    public var itfLengths: Set<Int>
    /// Whether pairs like `+A` in a Code 39 stand for the other characters of ASCII (ISO/IEC
    /// 16388, Annex A.2). No symbol tells: `+A` may as well be meant. Off, the text is as in the
    /// bars, `]A0`; on, it is translated where it can be, `]A4`.
    public var translatesCode39: Bool
    public var contentCheck: ContentCheck
    /// Whether EAN-2 and EAN-5 beside a code are read.
    public var addOns: AddOnPolicy

    public init(
        itfLengths: Set<Int> = [14], translatesCode39: Bool = false,
        addOns: AddOnPolicy = .ignore,
        contentCheck: @escaping ContentCheck = DecodingProfile.startsWithArticle
    ) {
        self.itfLengths = itfLengths
        self.translatesCode39 = translatesCode39
        self.contentCheck = contentCheck
        self.addOns = addOns
    }

    public static let retail = DecodingProfile()

    /// The cautious check for callers without a table of application identifiers: what is sold
    /// begins with `01` and a GTIN-14 whose check digit is right.
    public static let startsWithArticle: ContentCheck = { _, bytes in
        bytes.count >= 16 && bytes.starts(with: "01".utf8) && CheckDigit.holds(bytes[2..<16])
    }
}

/// How much work a frame may cost, in pixels handed to zbar, so that a result never depends on the
/// machine (DEC-10).
public struct WorkBudget: Hashable, Sendable {
    /// Work pixels for each pixel of the frame.
    public var perPixel: Int
    /// Work pixels on top.
    public var extra: Int

    public init(perPixel: Int, extra: Int) {
        self.perPixel = perPixel
        self.extra = extra
    }

    public static let still = WorkBudget(perPixel: 24, extra: 2_000_000)
    public static let video = WorkBudget(perPixel: 3, extra: 0)

    public func pixels(for frame: Frame) -> Int {
        perPixel * frame.width * frame.height + extra
    }
}
