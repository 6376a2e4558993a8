extension String {
    /// Identifiers compare by their UTF-8 bytes, everywhere (`offers.md` section 2). Swift's own
    /// `<` compares normalised text, which another implementation would order differently.
    func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

extension Sequence<String> {
    /// In order of UTF-8 bytes.
    func sortedByBytes() -> [String] { sorted { $0.precedes($1) } }
}
