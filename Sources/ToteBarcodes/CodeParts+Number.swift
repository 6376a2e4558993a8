import ToteValues

extension CodeParts {
    /// A retail number digit by digit (GTIN-1…3).
    func numberParts(_ digits: [UInt8], isUPCE: Bool) -> [CodePart] {
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.allSatisfy(\.isDigit), let check = digits.last else { return [] }
        let long = isUPCE ? UPCE.expand(digits[...]) ?? digits : digits
        var parts = [CodePart(.number, value: text, meaning: kind(digits.count, long, isUPCE))]
        guard [8, 12, 13, 14].contains(digits.count) else { return parts }
        let right = CheckDigit.mod10(long.dropLast())
        let fourteen = [UInt8](repeating: 0x30, count: 14 - long.count) + long
        let gtin = GTIN14(number: fourteen.reduce(0) { $0 * 10 + UInt64($1 - 0x30) })
        parts += pack(gtin, isRight: check == right + 0x30)
        parts += prefix(gtin, length: long.count)
        parts.append(
            CodePart(
                .checkDigit, value: String(check - 0x30),
                meaning: check == right + 0x30 ? "right" : "wrong: expected \(right)"))
        return parts
    }

    private func kind(_ count: Int, _ long: [UInt8], _ isUPCE: Bool) -> String {
        switch count {
        case 8 where isUPCE:
            "UPC-E, short for UPC-A \(String(decoding: long, as: UTF8.self))"
        case 8: "GTIN-8, as EAN-8 carries it"
        case 12: "GTIN-12, as UPC-A carries it"
        case 13 where long.first == 0x30: "GTIN-12 behind a 0, as EAN-13 carries it"
        case 13: "GTIN-13, as EAN-13 carries it"
        case 14: "GTIN-14, as ITF-14 and GS1 codes carry it"
        default: "\(count) digits: no article number has so many"
        }
    }

    private func pack(_ gtin: GTIN14, isRight: Bool) -> [CodePart] {
        switch gtin.indicator {
        case 0: []
        case 9: [CodePart(.pack, value: "9", meaning: "sold by weight or measure")]
        case let indicator:
            [
                CodePart(
                    .pack, value: String(indicator),
                    meaning: "a pack of several"
                        + (isRight ? "; the single one is \(gtin.each.text)" : ""))
            ]
        }
    }

    private func prefix(_ gtin: GTIN14, length: Int) -> [CodePart] {
        let digits = gtin.digits
        let start = length == 8 ? 6 : 1
        let text = String(decoding: digits[start..<start + 3], as: UTF8.self)
        if gtin.range == .restricted {
            let inCompany = length == 8 || text.hasPrefix("04")
            let place = inCompany ? "inside a company" : "inside a store or region"
            return [
                CodePart(
                    .prefix, value: text,
                    meaning: "restricted: for use \(place), it means something else elsewhere")
            ]
        }
        let words = GS1Prefix.meaning(of: gtin) ?? "not issued so far"
        let rest = String(decoding: digits[(start + 3)..<13], as: UTF8.self)
        let isOfCompany = gtin.range == .article
        return [
            CodePart(
                .prefix, value: text,
                meaning: words + (words.hasPrefix("issued") ? ", wherever it was made" : ""))
        ]
            + (isOfCompany
                ? [
                    CodePart(
                        .company, value: rest,
                        meaning: "company and article; only GS1's registry knows the border")
                ] : [])
    }

    func words(_ measure: MeasureKind) -> String {
        switch measure {
        case .price(let minor): money(minor)
        case .mass(let grams): "\(grams) g"
        case .volume(let millilitres): "\(millilitres) ml"
        case .length(let millimetres): "\(millimetres) mm"
        case .count(let count): "\(count) pieces"
        }
    }

    func money(_ minor: Int64) -> String {
        "\(Money(minor: minor, currency: rules.currency).text) \(rules.currency.code)"
    }
}
