import ToteValues

/// How a code travels in a `scan` operation (SYNC-10): text and symbology, from which both sides
/// interpret alike. The identifier stands in front wherever the symbology alone does not fix the
/// grammar, that is everywhere but in plain EAN and UPC symbols.
extension ScanInput {
    /// The text for `code`. Bytes that are no UTF-8 read as ISO 8859-1; such a code names no
    /// article and never enters a cart.
    public var cartCode: String {
        let text = Self.text(bytes)
        guard let aim, needsIdentifier(aim) else { return text }
        return aim.text + text + Self.text(addOn ?? [])
    }

    /// The text for `symbology`: its name, `typed`, or the source of a scan without any.
    public var cartSymbology: String {
        source == .typed ? ScanSource.typed.rawValue : symbology?.name ?? source.rawValue
    }

    /// The inverse. A scan that had a symbology comes back as from a camera: what it means is the
    /// same. `nil` when the identifier contradicts the symbology, or the symbology is no name.
    public init?(cartCode: String, symbology: String) {
        let bytes = Array(cartCode.utf8)
        guard (1...32).contains(symbology.utf8.count),
            symbology.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        if symbology == ScanSource.typed.rawValue {
            self.init(typed: cartCode)
        } else if let source = ScanSource(rawValue: symbology) {
            self.init(bytes: bytes, source: source)
        } else {
            let kind = Symbology(name: symbology)
            guard let aim = SymbologyIdentifier(leading: bytes) else {
                self.init(bytes: bytes, symbology: kind, source: .camera)
                return
            }
            guard aim.fits(kind) else { return nil }
            self.init(
                bytes: Array(bytes.dropFirst(3)), aim: aim, symbology: kind, source: .camera)
        }
    }

    private func needsIdentifier(_ aim: SymbologyIdentifier) -> Bool {
        switch symbology {
        case .ean13, .ean8, .upcE:
            source == .typed || aim != symbology?.plainIdentifier || bytes.first == 0x5D
        default: true
        }
    }

    static func text(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
        return String(scalars)
    }
}

extension ScannedCode {
    /// What the `scan` operation stores as `code` (SYNC-10).
    public var cartCode: String { input.cartCode }
    /// What the `scan` operation stores as `symbology` (SYNC-10).
    public var cartSymbology: String { input.cartSymbology }

    private var input: ScanInput {
        ScanInput(bytes: raw, aim: aim, symbology: symbology, addOn: addOn, source: source)
    }
}
