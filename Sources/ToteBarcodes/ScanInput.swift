public import ToteValues

/// Where a code came from.
public enum ScanSource: String, Hashable, Sendable, CaseIterable {
    case camera, scanner, typed
}

/// What a camera, a scanner or a person hands to `interpret`.
///
/// Symbology and AIM identifier are brought into line when it is made: whichever is missing
/// follows from the other, and where they disagree the identifier wins (SYM-2). So the same scan
/// has one form, on the device and in the store.
public struct ScanInput: Hashable, Sendable {
    /// The longest input that is looked at, bytes.
    public static let maximumBytes = 8192

    /// The data without its identifier; separators are byte 29.
    public let bytes: [UInt8]
    /// ISO/EAN 15424 identifier; it decides the grammar. `nil` for what was typed plainly.
    public let aim: SymbologyIdentifier?
    /// `nil` for typed input and for a scanner that sends no identifier.
    public let symbology: Symbology?
    /// Digits of an EAN-2 or EAN-5 add-on.
    public let addOn: [UInt8]?
    /// One of several symbols that carry one message together: nothing by itself (PUR-5).
    public let part: SymbolPart?
    public let source: ScanSource
    /// What the identifier says of the data (SYM-2); worked out once.
    let grammar: Grammar

    public init(
        bytes: [UInt8], aim: SymbologyIdentifier? = nil, symbology: Symbology? = nil,
        addOn: [UInt8]? = nil, part: SymbolPart? = nil, source: ScanSource
    ) {
        let settled = aim ?? symbology?.plainIdentifier
        let agrees = symbology.map { settled?.fits($0) ?? true } ?? false
        let kind = agrees ? symbology : settled?.symbology
        var main = bytes
        let mayHaveAddOn = settled == .ean13 || settled == .ean13WithAddOn
        var extra = mayHaveAddOn && kind == .ean13 && bytes.count == 13 ? addOn : nil
        if let count = extra?.count, count != 2, count != 5 { extra = nil }
        if settled == .ean13WithAddOn, extra == nil, bytes.count == 15 || bytes.count == 18 {
            extra = Array(bytes[13...])
            main = Array(bytes[..<13])
        }
        self.bytes = main
        self.aim = extra != nil && settled == .ean13 ? .ean13WithAddOn : settled
        self.symbology = kind
        self.addOn = extra
        self.part = part
        self.source = source
        grammar = Grammar(self.aim, kind)
    }

    /// A symbol found in a picture or sent by a camera.
    public init(symbol: Symbol, source: ScanSource = .camera) {
        self.init(
            bytes: symbol.bytes, aim: symbol.aim, symbology: symbol.symbology, addOn: symbol.addOn,
            part: symbol.part, source: source)
    }

    /// A line from the keyboard. An AIM identifier in front (`]C1…`), as keyboard scanners send
    /// it, is taken as such (VID-7); nothing is trimmed.
    public init(typed text: String) {
        let bytes = Array(text.utf8)
        if let aim = SymbologyIdentifier(leading: bytes) {
            self.init(bytes: Array(bytes.dropFirst(3)), aim: aim, source: .typed)
        } else {
            self.init(bytes: bytes, source: .typed)
        }
    }
}

/// The grammars of data, by symbology identifier (SYM-2).
enum Grammar: Hashable, Sendable {
    /// No identifier: every reading is tried.
    case open
    case ean13, ean8, upcE
    /// An add-on by itself.
    case addOn
    case elements
    /// Links, own codes, texts.
    case matrix
    case plain

    init(_ aim: SymbologyIdentifier?, _ symbology: Symbology?) {
        guard let aim else {
            self = .open
            return
        }
        switch (aim.letter, aim.modifier) {
        case ("E", "1"), ("E", "2"): self = .addOn
        case ("E", "4"): self = .ean8
        case ("E", _): self = symbology == .upcE ? .upcE : .ean13
        case ("C", "1"), ("e", "0"), ("d", "2"), ("Q", "3"), ("J", "1"): self = .elements
        case ("Q", "0"), ("Q", "1"), ("Q", "2"), ("d", "0"), ("d", "1"): self = .matrix
        default: self = .plain
        }
    }
}

extension SymbologyIdentifier {
    static let ean13 = SymbologyIdentifier("E", "0")
    static let ean13WithAddOn = SymbologyIdentifier("E", "3")

    /// The identifier that stands before `bytes`, if one does.
    init?(leading bytes: [UInt8]) {
        guard bytes.count >= 3, bytes[0] == 0x5D, bytes[1].isASCIILetter,
            bytes[2].isASCIILetter || bytes[2].isDigit
        else { return nil }
        self.init(
            Character(Unicode.Scalar(bytes[1])), Character(Unicode.Scalar(bytes[2])))
    }

    /// The symbology an identifier stands for (ISO/IEC 15424 table 1).
    var symbology: Symbology {
        switch letter {
        case "E": modifier == "4" ? .ean8 : .ean13
        case "C": .code128
        case "A": .code39
        case "I": .itf
        case "F": .codabar
        case "e": .dataBarExpanded
        case "Q": .qr
        case "d": .dataMatrix
        case "G": .code93
        case "L": .pdf417
        case "z": .aztec
        case "J": .dotCode
        default: .unknown("other")
        }
    }

    /// Whether a symbol of that kind may carry this identifier.
    func fits(_ symbology: Symbology) -> Bool {
        switch (symbology, self.symbology) {
        case (.upcE, let family): family == .ean13
        case (.dataBar, let family): family == .dataBarExpanded
        case (.unknown, .unknown): true
        case (_, let family): family == symbology
        }
    }
}

extension Symbology {
    /// The identifier of the symbology without GS1 data, where one is missing. `]X0` is ISO/IEC
    /// 15424's "other".
    var plainIdentifier: SymbologyIdentifier {
        switch self {
        case .ean13, .upcE: .ean13
        case .ean8: SymbologyIdentifier("E", "4")
        case .code128: SymbologyIdentifier("C", "0")
        case .code39: SymbologyIdentifier("A", "0")
        case .itf: SymbologyIdentifier("I", "0")
        case .codabar: SymbologyIdentifier("F", "0")
        case .dataBar, .dataBarExpanded: SymbologyIdentifier("e", "0")
        case .qr: SymbologyIdentifier("Q", "1")
        case .dataMatrix: SymbologyIdentifier("d", "1")
        case .code93: SymbologyIdentifier("G", "0")
        case .pdf417: SymbologyIdentifier("L", "0")
        case .aztec: SymbologyIdentifier("z", "0")
        case .dotCode: SymbologyIdentifier("J", "0")
        case .unknown: SymbologyIdentifier("X", "0")
        }
    }
}
