package import ToteValues

extension ElementString {
    /// Whether bytes of a GS1 symbol are element strings by the standard: known identifiers, right
    /// values, and none that forbid or lack each other (GS1 General Specifications 4 and 7).
    package static func reads(
        _ bytes: [UInt8], today: CalendarDay, table: IdentifierTable = .standard
    ) -> Bool {
        let parser = ElementParser(table: table, today: today)
        guard let string = try? parser.parse(bytes) else { return false }
        return ElementRules(today: today).associations(string, table)
            .allSatisfy(\.lacksOnlyMeasure)
    }

    /// Whether the bytes are element strings by their syntax alone: known identifiers with values
    /// of the right length, characters and check digits, whatever may be missing beside them.
    package static func isWellFormed(_ bytes: [UInt8], today: CalendarDay) -> Bool {
        (try? ElementParser(table: .standard, today: today).parse(bytes)) != nil
    }
}
