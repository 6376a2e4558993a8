package import ToteValues

/// Symbols as the GS1 syntax engine names them.
package enum MessageSymbology: String, Sendable, CaseIterable {
    case dataBarOmni = "DataBarOmni"
    case dataBarTruncated = "DataBarTruncated"
    case dataBarStacked = "DataBarStacked"
    case dataBarStackedOmni = "DataBarStackedOmni"
    case dataBarLimited = "DataBarLimited"
    case dataBarExpanded = "DataBarExpanded"
    case upcA = "UPCA"
    case upcE = "UPCE"
    case ean13 = "EAN13"
    case ean8 = "EAN8"
    case gs1128 = "GS1_128_CCA"
    case gs1128C = "GS1_128_CCC"
    case qr = "QR"
    case dataMatrix = "DM"
    case dotCode = "DotCode"
}

/// What a symbol says, in text with `^` for FNC1: element strings begin with it, plain data that
/// does has a `\` before it, and a composite part stands after `|` (SYM-4, SYM-6).
package struct ScanMessage: Hashable, Sendable {
    package let symbology: MessageSymbology
    package let text: String

    package init(symbology: MessageSymbology, text: String) {
        self.symbology = symbology
        self.text = text
    }
}

/// Scanned data with its symbology identifier → message and back.
package struct MessageForms {
    let table: IdentifierTable
    let today: CalendarDay
    let options: ElementOptions

    package init(table: IdentifierTable, today: CalendarDay, options: ElementOptions = []) {
        self.table = table
        self.today = today
        self.options = options
    }

    var parser: ElementParser { ElementParser(table: table, today: today, options: options) }

    /// - Throws: what is wrong; `wrongPurpose` never.
    package func read(_ scanned: [UInt8]) throws(BarcodeError) -> ScanMessage {
        guard let aim = SymbologyIdentifier(leading: scanned) else {
            throw .invalidCharacter(at: 0)
        }
        let data = Array(scanned.dropFirst(3))
        switch aim.text {
        case "]E0": return try retail(data, .ean13, digits: 13)
        case "]E4": return try retail(data, .ean8, digits: 8)
        case "]C1": return ScanMessage(symbology: .gs1128, text: try elements(data))
        case "]e0": return ScanMessage(symbology: .dataBarExpanded, text: try elements(data))
        case "]Q3": return ScanMessage(symbology: .qr, text: try elements(data))
        case "]d2": return ScanMessage(symbology: .dataMatrix, text: try elements(data))
        case "]J1": return ScanMessage(symbology: .dotCode, text: try elements(data))
        case "]Q1": return ScanMessage(symbology: .qr, text: try plain(data))
        case "]d1": return ScanMessage(symbology: .dataMatrix, text: try plain(data))
        case "]J0": return ScanMessage(symbology: .dotCode, text: try plain(data))
        default: throw .invalidCharacter(at: 1)
        }
    }

    private func elements(_ data: [UInt8]) throws(BarcodeError) -> String {
        try parser.parse(data).caretText(table)
    }

    /// Links must be right where they mean to be of GS1; anything else is anything.
    private func plain(_ data: [UInt8]) throws(BarcodeError) -> String {
        let link = DigitalLink(table: table, today: today, options: options)
        if DigitalLink.isWebLink(data), try link.parse(data) == nil {
            throw .digitalLink(at: 0, "no GS1 key in it")
        }
        let slashes = data.prefix { $0 == 0x5C }.count
        let isEscaped = data.dropFirst(slashes).first == ElementParser.caret
        return (isEscaped ? "\\" : "") + ScanInput.text(data)
    }

    private func retail(
        _ data: [UInt8], _ symbology: MessageSymbology, digits count: Int
    ) throws(BarcodeError) -> ScanMessage {
        let number = data.prefix { $0 != 0x7C }
        guard number.count == count else { throw .length(number.count, possible: [count]) }
        guard CheckDigit.isRight(number) else { throw RetailNumber.failure(Array(number)) }
        let text = String(decoding: number, as: UTF8.self)
        let rest = data.dropFirst(count + 1)
        guard data.count > count else { return ScanMessage(symbology: symbology, text: text) }
        guard rest.starts(with: "]e0".utf8) else { throw .invalidCharacter(at: count) }
        let composite = try elements(Array(rest.dropFirst(3)))
        return ScanMessage(symbology: symbology, text: "\(text)|\(composite)")
    }
}
