import GRDB

/// A damaged file's readable rows in a database in memory, whose tables have the newest columns
/// and no rules, so that the tables' owners can read them with SQL and judge each row.
enum SalvagedCopy {
    /// - Parameter fresh: has the tables of the newest schema.
    /// - Returns: `nil` when the file is no database.
    static func of(
        _ path: String, like fresh: Database
    ) throws(StorageError) -> DatabaseQueue? {
        try DatabaseFile.mapping(path) {
            let pageSize = try Int.fetchOne(fresh, sql: "PRAGMA page_size")
            guard let snapshot = try FileSnapshot(path: path, usualPageSize: pageSize) else {
                return nil
            }
            let shapes = try shapes(fresh)
            let tables = DamagedTables(snapshot, shapes: shapes)
            if !snapshot.hasHeader && tables.rows.isEmpty { return nil }
            let copy = try DatabaseQueue()
            try copy.write { database in
                for shape in shapes {
                    try fill(shape, tables.rows[shape.name] ?? [], database)
                }
            }
            return copy
        }
    }

    /// Tables without row numbers have no leaf pages of their own kind; they are left empty.
    private static func shapes(_ database: Database) throws -> [DamagedTables.Shape] {
        let tables = try Row.fetchAll(
            database,
            sql: """
                SELECT name, rootpage FROM sqlite_schema
                WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                    AND sql NOT LIKE '%WITHOUT ROWID%'
                """)
        return try tables.map { table in
            let name: String = table["name"]
            let keys = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM pragma_table_info(?) WHERE pk > 0",
                arguments: [name])
            let columns = try Row.fetchAll(
                database, sql: "SELECT * FROM pragma_table_info(?) ORDER BY cid",
                arguments: [name])
            return DamagedTables.Shape(
                name: name, root: table["rootpage"],
                columns: columns.map { column in
                    let isKey = (column["pk"] as Int) > 0
                    return .init(
                        name: column["name"], type: column["type"],
                        isRequired: (column["notnull"] as Int) == 1,
                        isRowid: isKey && keys == 1 && column["type"] == "INTEGER",
                        usual: column["dflt_value"])
                })
        }
    }

    private static func fill(
        _ shape: DamagedTables.Shape, _ rows: [LeafRow], _ database: Database
    ) throws {
        let columns = shape.columns.map { column in
            let usual = column.usual.map { " DEFAULT \($0)" } ?? ""
            return quoted(column.name) + (column.isRowid ? " INTEGER PRIMARY KEY" : " ANY" + usual)
        }
        try database.execute(
            sql: """
                CREATE TABLE \(quoted(shape.name)) (\(columns.joined(separator: ", "))) STRICT;
                """)
        for row in rows {
            // The row number is one of the columns, or stands before them.
            let named = zip(shape.columns, row.values).filter { !$0.0.isRowid }
            let names = (["rowid"] + named.map { quoted($0.0.name) }).joined(separator: ", ")
            let marks = Array(repeating: "?", count: named.count + 1).joined(separator: ", ")
            try database.execute(
                sql: "INSERT OR IGNORE INTO \(quoted(shape.name)) (\(names)) VALUES (\(marks))",
                arguments: StatementArguments([row.rowid.databaseValue] + named.map(\.1)))
        }
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }
}
