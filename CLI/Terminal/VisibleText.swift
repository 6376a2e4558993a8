/// Text of others, made safe to print (CLI-1). What would move the cursor, reverse the line, or
/// hide is shown as `\u{202E}`; the rest stays. Everything that a store, a code or a file brings
/// passes through here.
public enum VisibleText {
    public enum Alignment: Sendable { case left, right }

    /// Marks on one letter that are shown; more would climb out of the line (JSON-3).
    private static let marksShown = 4

    /// The text with every control, format, invisible and unassigned character escaped.
    public static func escaped(_ text: String) -> String {
        var visible = ""
        var marks = 0
        for scalar in text.unicodeScalars {
            marks = DisplayWidth.isMark(scalar) ? marks + 1 : 0
            if isHidden(scalar) || marks > marksShown {
                visible += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                visible.unicodeScalars.append(scalar)
            }
        }
        return visible
    }

    /// Columns that the text takes on a terminal; escape it first.
    public static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + DisplayWidth.columns($1) }
    }

    /// Escaped, cut with `…` or filled with spaces to exactly so many columns.
    public static func fitted(
        _ text: String, columns: Int, alignment: Alignment = .left
    ) -> String {
        let cut = truncated(escaped(text), columns: columns)
        let padding = String(repeating: " ", count: max(0, columns - width(cut)))
        return alignment == .left ? cut + padding : padding + cut
    }

    /// Whole characters only, so that no mark loses its letter.
    static func truncated(_ text: String, columns: Int) -> String {
        guard width(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var kept = ""
        var used = 0
        for character in text {
            let next = width(String(character))
            guard used + next <= columns - 1 else { break }
            kept.append(character)
            used += next
        }
        return kept + "…"
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        // Variation selectors choose between two pictures of one character and hide nothing.
        if (0xFE0E...0xFE0F).contains(scalar.value) { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            return true
        case .spaceSeparator: return scalar != " " && scalar.value != 0xA0
        default: return scalar.properties.isDefaultIgnorableCodePoint || scalar.value == 0x2800
        }
    }
}
