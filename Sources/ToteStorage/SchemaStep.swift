import GRDB

/// One step of a file's schema. A module owns its steps; a merged step never changes: a new idea
/// is a new step.
public struct SchemaStep: Hashable, Sendable {
    /// Unique in the file: module, dot, number and topic, e.g. `carts.1-log`.
    public let identifier: String
    /// Any number of statements, run in one transaction with the other new steps.
    public let sql: String

    public init(identifier: String, sql: String) {
        self.identifier = identifier
        self.sql = sql
    }
}

/// Brings a file to the newest schema, or leaves it untouched.
enum Schema {
    private static let table = """
        -- One row a schema step that this file has been through, in order.
        CREATE TABLE IF NOT EXISTS schemaStep (
            position INTEGER PRIMARY KEY,
            identifier TEXT NOT NULL UNIQUE
        ) STRICT;
        """

    /// - Throws: `schemaTooNew` when the file has a step this build does not know. Only reads.
    static func check(_ database: Database, steps: [SchemaStep], path: String) throws {
        let known = Set(steps.map(\.identifier))
        if let stranger = try applied(database).first(where: { !known.contains($0) }) {
            throw StorageError(
                .schemaTooNew, path: path, message: "has the unknown schema step \(stranger)")
        }
    }

    static func bringUp(_ database: Database, steps: [SchemaStep]) throws {
        let done = Set(try applied(database))
        let missing = steps.filter { !done.contains($0.identifier) }
        if missing.isEmpty { return }
        try database.inTransaction(.immediate) {
            try database.execute(sql: table)
            for step in missing {
                try database.execute(sql: step.sql)
                try database.execute(
                    sql: "INSERT INTO schemaStep (identifier) VALUES (?)",
                    arguments: [step.identifier])
            }
            return .commit
        }
    }

    private static func applied(_ database: Database) throws -> [String] {
        guard try database.tableExists("schemaStep") else { return [] }
        let sql = "SELECT identifier FROM schemaStep ORDER BY position"
        return try String.fetchAll(database, sql: sql)
    }
}
