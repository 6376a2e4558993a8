package import GRDB

/// Moves what was salvaged into its table, whose rules judge it.
package enum SalvagedRow {
    /// A row that is there already stays.
    /// - Throws: `DatabaseError` when the row breaks a rule of the table.
    package static func insert(_ row: Row, into table: String, _ fresh: Database) throws {
        let columns = row.columnNames
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let names = columns.joined(separator: ", ")
        try fresh.execute(
            sql: "INSERT OR IGNORE INTO \(table) (\(names)) VALUES (\(marks))",
            arguments: StatementArguments(columns.map { row[$0] as DatabaseValue }))
    }

    /// All rows of a table that break none of its rules.
    package static func copyAll(_ table: String, from damaged: Database, to fresh: Database) throws
    {
        for row in try Row.fetchAll(damaged, sql: "SELECT * FROM \(table) ORDER BY rowid") {
            try? insert(row, into: table, fresh)
        }
    }
}
