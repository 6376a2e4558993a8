import ToteValues

extension CodeParts {
    /// Each element with its title and its value in words.
    func parts(of elements: ElementString) -> [CodePart] {
        elements.elements.flatMap { element -> [CodePart] in
            let title = rules.identifiers[element.ai]?.title ?? ""
            let part = CodePart(
                .element, title: "(\(element.ai)) \(title)", value: element.value,
                meaning: words(element, title: title))
            guard ["01", "02"].contains(element.ai) else { return [part] }
            return [part] + numberParts(Array(element.value.utf8), isUPCE: false).dropFirst()
        }
    }

    /// The host of a Digital Link: named, because a person may know it, and never trusted (DL-5).
    func link(_ elements: ElementString) -> [CodePart] {
        guard elements.origin == .digitalLink else { return [] }
        let text = String(decoding: input.bytes, as: UTF8.self)
        let rest = text.drop { $0 != ":" }.drop { $0 == ":" || $0 == "/" }
        let host = rest.prefix { !"/?#".contains($0) }
        return [
            CodePart(
                .link, value: String(host),
                meaning: "the host is not trusted and not asked; only the GS1 keys count")
        ]
    }

    /// The elements that read, of a code that was refused: all when only their company is wrong,
    /// else those before the one that is.
    func readableElements(before error: BarcodeError) -> ElementString? {
        let bytes = input.bytes
        switch error.code {
        case .association: return elements(bytes)
        case .element, .unknownAI:
            guard let offset = error.offset, offset <= bytes.count else { return nil }
            // The offset lies somewhere in the element, which has at most 96 characters: what is
            // cut off in it is none.
            let ends = stride(from: offset, to: max(0, offset - 100), by: -1)
            return ends.lazy.compactMap { elements(Array(bytes[..<$0])) }.first { string in
                !string.elements.contains { error.identifiers.contains($0.ai) }
            }
        default: return nil
        }
    }

    private func elements(_ bytes: [UInt8]) -> ElementString? {
        guard !bytes.isEmpty else { return nil }
        let table = rules.identifiers
        if let string = try? DigitalLink(table: table, today: today).parse(bytes) { return string }
        let parser = ElementParser(table: table, today: today)
        return bytes.first == 0x28 ? try? parser.parseBracketed(bytes) : try? parser.parse(bytes)
    }

    private func words(_ element: ElementString.Element, title: String) -> String {
        let ai = element.ai
        switch ai {
        case "11", "12", "13", "15", "16", "17", "7003":
            return SaleDates.day(element.value, today: today).map { day in
                let time = element.value.dropFirst(6)
                return time.isEmpty ? day.text : "\(day.text), \(time.prefix(2)):\(minutes(time))"
            } ?? ""
        case "00": return "a shipping unit"
        case "414": return "a place"
        case "30", "37": return "\(number(element.value)) pieces"
        default: return amount(element, title: title)
        }
    }

    private func minutes(_ time: Substring) -> Substring {
        time.count >= 4 ? time.dropFirst(2).prefix(2) : "00"
    }

    /// Measures and amounts: the fourth digit of their identifier counts the decimals (AI-6).
    private func amount(_ element: ElementString.Element, title: String) -> String {
        let ai = element.ai
        guard ai.utf8.count == 4, let decimals = ai.last?.wholeNumberValue else { return "" }
        let value = element.value
        switch ai.prefix(3) {
        case "390", "392", "395": return "\(decimal(value, decimals)) \(rules.currency.code)"
        case "391", "393":
            return "\(decimal(value.dropFirst(3), decimals)), currency "
                + "\(value.prefix(3))"
        case "394": return "\(decimal(value, decimals)) %"
        case "310"..."369":
            let unit = title.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
            return "\(decimal(value, decimals)) \(unit)"
        default: return ""
        }
    }

    private func number(_ text: String) -> String {
        let trimmed = text.drop { $0 == "0" }
        return trimmed.isEmpty ? "0" : String(trimmed)
    }

    private func decimal(_ digits: some StringProtocol, _ decimals: Int) -> String {
        guard decimals > 0, digits.allSatisfy(\.isNumber) else { return number(String(digits)) }
        let zeros = String(repeating: "0", count: max(0, decimals + 1 - digits.count))
        let padded = zeros + digits
        return "\(number(String(padded.dropLast(decimals)))).\(padded.suffix(decimals))"
    }
}
