public import ToteBarcodes
public import ToteDecoding
public import ToteValues

extension DecodingProfile {
    /// What a shopper's camera looks for: `retail`, with the content of GS1 symbols held against
    /// the grammar of element strings (DEC-15). A DataBar Expanded that is read as nonsense is
    /// refused, and the decoder looks on.
    /// - Parameters:
    ///   - today: settles the century of dates (AI-7).
    ///   - identifiers: the store's, where it has a table of its own.
    public static func trip(
        today: CalendarDay, identifiers: IdentifierTable = .standard
    ) -> DecodingProfile {
        DecodingProfile { _, bytes in
            ElementString.reads(bytes, today: today, table: identifiers)
        }
    }
}
