/// The kinds of barcode that a decoder may name. `unknown` keeps an old build useful.
public enum Symbology: Hashable, Sendable {
    case ean13, ean8, upcE, code128, code39, itf, codabar, dataBar, dataBarExpanded, qr
    case dataMatrix, code93, pdf417, aztec, dotCode
    case unknown(String)

    public static let known: [Symbology] = [
        .ean13, .ean8, .upcE, .code128, .code39, .itf, .codabar, .dataBar, .dataBarExpanded, .qr,
        .dataMatrix, .code93, .pdf417, .aztec, .dotCode,
    ]

    /// `ean13`, `dataBarExpanded` …; the given text for `unknown`.
    public var name: String {
        if case .unknown(let text) = self { return text }
        return String(describing: self)
    }

    public init(name: String) {
        self = Self.known.first { $0.name == name } ?? .unknown(name)
    }
}

/// An AIM symbology identifier (ISO/IEC 15424): `]` code letter, modifier. `]E0`, `]C1`, `]e0`.
public struct SymbologyIdentifier: Hashable, Sendable, CustomStringConvertible {
    public let letter: Character
    public let modifier: Character

    public init(_ letter: Character, _ modifier: Character) {
        self.letter = letter
        self.modifier = modifier
    }

    /// Exactly `]cm` with ASCII letter and alphanumeric modifier.
    public init?(text: some StringProtocol) {
        let characters = Array(text)
        guard characters.count == 3, characters[0] == "]", characters[1].isASCII,
            characters[1].isLetter, characters[2].isASCII,
            characters[2].isLetter || characters[2].isNumber
        else { return nil }
        self.init(characters[1], characters[2])
    }

    public var text: String { "]\(letter)\(modifier)" }
    public var description: String { text }
}

/// A point in source-picture px; (0,0) is the top-left corner of the top-left pixel, y down.
public struct PicturePoint: Hashable, Sendable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// Four corners in source-picture px, clockwise from the symbol's own top left.
public struct Quad: Hashable, Sendable {
    public var topLeft: PicturePoint
    public var topRight: PicturePoint
    public var bottomRight: PicturePoint
    public var bottomLeft: PicturePoint

    public init(
        topLeft: PicturePoint, topRight: PicturePoint, bottomRight: PicturePoint,
        bottomLeft: PicturePoint
    ) {
        self.topLeft = topLeft
        self.topRight = topRight
        self.bottomRight = bottomRight
        self.bottomLeft = bottomLeft
    }

    public var corners: [PicturePoint] { [topLeft, topRight, bottomRight, bottomLeft] }
}

/// How sure a reading is, and what it took.
public struct ReadQuality: Hashable, Sendable {
    /// Agreeing scan lines, summed over ladder steps.
    public var votes: Int
    /// Ladder step that completed the reading: `sparse`, `full` …
    public var step: String
    /// Ladder steps run so far.
    public var passes: Int
    public var milliseconds: Double
    /// 0, 90, 180 or 270 degrees; `nil` when unknown.
    public var orientation: Int?
    /// Contradicting readings that were outvoted (DEC-13).
    public var rejectedRivals: Int

    public init(
        votes: Int, step: String, passes: Int, milliseconds: Double, orientation: Int? = nil,
        rejectedRivals: Int = 0
    ) {
        self.votes = votes
        self.step = step
        self.passes = passes
        self.milliseconds = milliseconds
        self.orientation = orientation
        self.rejectedRivals = rejectedRivals
    }
}

/// One of several symbols that carry one message together (structured append, ISO/IEC 18004
/// clause 8). A part by itself says nothing.
public struct SymbolPart: Hashable, Sendable {
    /// 1…`count`.
    public let number: Int
    /// 2…16.
    public let count: Int
    /// All bytes of the whole message by exclusive or: the same in each part.
    public let parity: UInt8

    /// `nil` unless 1 ≤ number ≤ count and 2 ≤ count ≤ 16.
    public init?(number: Int, count: Int, parity: UInt8) {
        guard (2...16).contains(count), (1...count).contains(number) else { return nil }
        self.number = number
        self.count = count
        self.parity = parity
    }
}

/// One barcode that was found in a picture.
public struct Symbol: Hashable, Sendable {
    public let symbology: Symbology
    public let aim: SymbologyIdentifier
    /// The data as decoded; GS1 separators are byte 29, a leading FNC1 is not included.
    public let bytes: [UInt8]
    /// Digits of an EAN-2 or EAN-5 add-on, if asked for.
    public let addOn: [UInt8]?
    /// Set where the other parts of the message are missing.
    public let part: SymbolPart?
    public let quad: Quad
    public let quality: ReadQuality

    public init(
        symbology: Symbology, aim: SymbologyIdentifier, bytes: [UInt8], addOn: [UInt8]? = nil,
        part: SymbolPart? = nil, quad: Quad, quality: ReadQuality
    ) {
        self.symbology = symbology
        self.aim = aim
        self.bytes = bytes
        self.addOn = addOn
        self.part = part
        self.quad = quad
        self.quality = quality
    }
}
