import ToteValues

/// Whether the two or five digits right of an EAN-13 are read (DEC-4): the issue of a periodical,
/// the price of a book. They have hardly a check of their own, so they are read only when asked,
/// only beside codes that carry them, and never joined to the main digits.
public enum AddOnPolicy: Hashable, Sendable {
    case ignore
    /// Beside EAN-13 (UPC-A has a leading 0) that begin with one of these; `""` is all.
    case read(prefixes: Set<String> = AddOnPolicy.publications)

    /// ISSN and ISBN (GS1 General Specifications 1.4.4).
    public static let publications: Set<String> = ["977", "978", "979"]

    func covers(_ reading: Reading) -> Bool {
        guard case .read(let prefixes) = self, reading.symbology == .ean13 else { return false }
        return prefixes.contains { reading.bytes.starts(with: $0.utf8) }
    }
}
