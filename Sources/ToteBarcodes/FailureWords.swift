import ToteValues

/// A refusal in words that say more than the error alone can: titles of identifiers (DIAG-5), the
/// store's templates that came closest (DIAG-3), and a listed repair (DIAG-1).
struct FailureWords {
    let error: BarcodeError
    let input: ScanInput
    let rules: StoreRules

    var headline: String {
        var text = error.message
        for ai in Set(error.identifiers) {
            guard let title = rules.identifiers[ai]?.title, title.count > 1 else { continue }
            text = text.replacing("(\(ai))", with: "(\(ai)) \(title)")
        }
        guard error.code == .element, let offset = error.offset else { return text }
        return "\(text) It stands at character \(offset + 1)."
    }

    func mend(_ repairs: [Repair]) -> String {
        switch error.code {
        case .unknownInStoreCode, .priceEmbeddedInvalid:
            guard let closest = TemplateNearness(rules: rules, bytes: input.bytes).words else {
                return error.mend
            }
            return "\(closest) \(error.mend)"
        case .element, .unknownAI, .association:
            guard lacksSeparator else { return error.mend }
            return "No separator stands in the code; after a lot, a serial number or a count one "
                + "is needed. \(error.mend)"
        case .length where input.bytes.count == 4 || input.bytes.count == 5:
            return "A produce number has 4 digits from 3000 to 4999, or 9 and these for organic. "
                + error.mend
        default:
            guard let listed = repairs.first(where: \.isListed) else { return error.mend }
            return "\(error.mend) Listed here is \(listed.text); it was not applied."
        }
    }

    /// Whether elements of variable length stand in the code with nothing to part them.
    private var lacksSeparator: Bool {
        let bytes = input.bytes
        guard bytes.count > 18, !bytes.contains(29), bytes.first != 0x28,
            bytes.starts(with: [0x30, 0x31])
        else { return false }
        let isGS1 = ["C1", "e0", "d2", "Q3", "J1"].contains {
            input.aim?.text == "]" + $0
        }
        return isGS1 || input.aim == nil
    }
}

/// Which of a store's label templates came closest to a number, and what failed (DIAG-3).
struct TemplateNearness {
    let rules: StoreRules
    let bytes: [UInt8]

    var words: String? { failedCheck ?? likeBeginning }

    /// The shape fits, a check does not.
    private var failedCheck: String? {
        let forms = bytes.count == 12 ? [bytes, [0x30] + bytes] : [bytes]
        for template in rules.templates {
            for form in forms {
                guard let check = template.pattern.match(form)?.failedCheck else { continue }
                return "Template \(template.id) comes closest: \(check.part) expected "
                    + "\(check.expected), found \(check.found)."
            }
        }
        return nil
    }

    /// Of the same length, with most of its leading digits alike.
    private var likeBeginning: String? {
        let near = rules.templates.compactMap { template -> (id: String, prefix: String, Int)? in
            guard case .literal(let prefix)? = template.pattern.parts.first,
                !template.pattern.isOpen, template.pattern.length == bytes.count
            else { return nil }
            let alike = zip(prefix, bytes).prefix { $0 == $1 }.count
            return (template.id, String(decoding: prefix, as: UTF8.self), alike)
        }
        let most = near.map(\.2).max() ?? 0
        guard most > 0 else { return nil }
        let names = near.filter { $0.2 == most }.map { "\($0.id) (begins with \($0.prefix))" }
        return "This store's labels that come closest: \(names.joined(separator: ", "))."
    }
}
