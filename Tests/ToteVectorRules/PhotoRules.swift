// When a picture counts as read and when as misread (COR-1 to COR-4). One set of rules for every
// engine: texts are compared after the normalisation of the symbology that the manifest names.

import ToteBarcodes
import ToteDecoding

package enum PhotoRules {
    /// What an engine returned for one symbol.
    package struct Answer: Hashable, Sendable {
        /// Tote's name of the symbology: `ean13`, `dataBarExpanded` …
        package var symbology: String
        package var text: String

        package init(symbology: String, text: String) {
            self.symbology = symbology
            self.text = text
        }
    }

    package struct Verdict: Hashable, Sendable {
        package var isRead: Bool
        /// Answers that are neither expected nor otherwise true.
        package var misreads: [Answer]

        package init(isRead: Bool, misreads: [Answer]) {
            self.isRead = isRead
            self.misreads = misreads
        }
    }

    package static func judge(_ photo: Photo, _ answers: [Answer]) -> Verdict {
        guard photo.tier == .retail || photo.tier == .extra else {
            return Verdict(isRead: false, misreads: answers)
        }
        let family = Family(manifest: photo.symbology)
        let expected = family.forms(of: photo.expected)
        let others = photo.also.flatMap { text in
            family.forms(of: text) + [trimmed(text), Family.ean.normal(text)]
        }
        var verdict = Verdict(isRead: false, misreads: [])
        for answer in answers where !isAddOn(answer) {
            let forms = Family(tote: answer.symbology).forms(of: answer.text)
            if forms.contains(where: expected.contains) {
                verdict.isRead = true
            } else if !forms.contains(where: others.contains) {
                verdict.misreads.append(answer)
            }
        }
        return verdict
    }

    /// A separate EAN-2 or EAN-5 symbol is dropped: only the main code counts (COR-2).
    private static func isAddOn(_ answer: Answer) -> Bool {
        answer.symbology == "ean2" || answer.symbology == "ean5"
    }

    static func trimmed(_ text: String) -> String {
        let kept = text.drop { $0.isWhitespace }
        let tail = kept.reversed().drop { $0.isWhitespace }
        return String(tail.reversed())
    }
}

extension PhotoRules {
    enum Family {
        case ean, upcE, dataBar, code128, code39, codabar, itf, qr, other

        init(manifest name: String) {
            switch name.split(separator: "+").first.map(String.init) ?? name {
            case "EAN-13", "EAN-8", "UPC-A": self = .ean
            case "UPC-E": self = .upcE
            case "DataBar", "DataBarExpanded", "DataBarExpandedStacked", "DataBarLimited":
                self = .dataBar
            case "Code128": self = .code128
            case "Code39": self = .code39
            case "Codabar": self = .codabar
            case "ITF": self = .itf
            case "QR": self = .qr
            default: self = .other
            }
        }

        init(tote name: String) {
            switch name {
            case "ean13", "ean8", "upcA": self = .ean
            case "upcE": self = .upcE
            case "dataBar", "dataBarExpanded", "dataBarLimited": self = .dataBar
            case "code128": self = .code128
            case "code39": self = .code39
            case "codabar": self = .codabar
            case "itf": self = .itf
            case "qr": self = .qr
            default: self = .other
            }
        }

        /// All texts that one text may stand for.
        func forms(of text: String) -> [String] {
            guard self == .code39 else { return [normal(text)] }
            let raw = normal(text)
            let translated = FullASCII.translated(Array(raw.utf8)).map {
                String(decoding: $0, as: UTF8.self)
            }
            return [raw, translated].compactMap(\.self)
        }

        func normal(_ text: String) -> String {
            let text = PhotoRules.trimmed(text)
            switch self {
            case .ean: return Self.ean(text)
            case .upcE: return Self.ean(Self.expanded(text))
            case .dataBar: return Self.dataBar(text)
            case .code128: return text.filter { !"()[]\u{1D}".contains($0) }
            case .code39:
                return String(text.drop { $0 == "*" }.reversed().drop { $0 == "*" }.reversed())
            case .codabar: return Self.codabar(text)
            case .qr:
                let lines = text.replacing("\r\n", with: "\n")
                return String(lines.reversed().drop { $0.isNewline }.reversed())
            case .itf, .other: return text
            }
        }

        private static func ean(_ text: String) -> String {
            let digits = String(text.prefix { $0 != " " && $0 != "-" })
            if digits.utf8.count == 12 { return "0" + digits }
            return digits
        }

        private static func expanded(_ text: String) -> String {
            guard let digits = UPCE.expand(Array(text.utf8)[...]) else { return text }
            return String(decoding: digits, as: UTF8.self)
        }

        private static func dataBar(_ text: String) -> String {
            let bare = text.filter { !"()[] \u{1D}".contains($0) }
            let isArticle = bare.utf8.count == 16 && bare.hasPrefix("01")
            return isArticle ? String(bare.dropFirst(2)) : bare
        }

        private static func codabar(_ text: String) -> String {
            let ends: Set<Character> = ["A", "B", "C", "D", "a", "b", "c", "d"]
            var kept = Substring(text)
            if let first = kept.first, ends.contains(first) { kept = kept.dropFirst() }
            if let last = kept.last, ends.contains(last) { kept = kept.dropLast() }
            return String(kept)
        }
    }
}
