import ToteValues

extension Symbol {
    init(_ accepted: AcceptanceRules.Accepted, passes: Int, milliseconds: Double) {
        let reading = accepted.reading
        self.init(
            symbology: reading.symbology, aim: .of(reading), bytes: reading.bytes,
            part: reading.part, quad: reading.quad,
            quality: ReadQuality(
                votes: reading.votes, step: reading.step, passes: passes,
                milliseconds: milliseconds, orientation: reading.orientation,
                rejectedRivals: accepted.rejectedRivals))
    }
}

extension SymbologyIdentifier {
    /// The identifier that a scanner would send (ISO/IEC 15424; SYM-1, DEC-7).
    static func of(_ reading: Reading) -> SymbologyIdentifier {
        switch reading.symbology {
        case .ean13, .upcE: SymbologyIdentifier("E", "0")
        case .ean8: SymbologyIdentifier("E", "4")
        case .code128: SymbologyIdentifier("C", modifier(reading, "0", gs1: "1", aim: "2"))
        case .dataBar, .dataBarExpanded: SymbologyIdentifier("e", "0")
        case .itf: SymbologyIdentifier("I", CheckDigit.holds(reading.bytes) ? "1" : "0")
        case .qr: SymbologyIdentifier("Q", modifier(reading, "1", gs1: "3", aim: "5"))
        case .code39: SymbologyIdentifier("A", reading.isTranslated ? "4" : "0")
        case .dataMatrix: SymbologyIdentifier("d", modifier(reading, "1", gs1: "2", aim: "3"))
        case .codabar: SymbologyIdentifier("F", "0")
        default: SymbologyIdentifier("X", "0")
        }
    }

    private static func modifier(
        _ reading: Reading, _ plain: Character, gs1: Character, aim: Character
    ) -> Character {
        if reading.isGS1 { return gs1 }
        return reading.isAIM ? aim : plain
    }
}
