package import GRDB
package import ToteValues

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

// Identifiers are stored as blobs of their bytes.

extension Identifier16 { package var blob: Data { Data(bytes) } }
extension Identifier8 { package var blob: Data { Data(bytes) } }
extension CartID { package var blob: Data { Data(bytes) } }
extension Array where Element == UInt8 { package var blob: Data { Data(self) } }

extension Row {
    /// - Throws: `SQLITE_CORRUPT` when the column holds no such identifier, as damage would.
    package func identifier<ID: Identifier16>(_ column: String) throws -> ID {
        try read(column) { ID(bytes: $0) }
    }

    package func identifier<ID: Identifier8>(_ column: String) throws -> ID {
        try read(column) { ID(bytes: $0) }
    }

    package func cartID(_ column: String) throws -> CartID {
        try read(column) { CartID(bytes: $0) }
    }

    /// The columns `device`, `incarnation` and `sequence`.
    package func dot() throws -> Dot {
        Dot(
            device: try identifier("device"), incarnation: try identifier("incarnation"),
            sequence: UInt64(clamping: try number("sequence")))
    }

    package func number(_ column: String) throws -> Int64 {
        guard let number = Int64.fromDatabaseValue(self[column]) else { throw Self.damaged(column) }
        return number
    }

    package func bytes(_ column: String) throws -> [UInt8] {
        guard let data = Data.fromDatabaseValue(self[column]) else { throw Self.damaged(column) }
        return Array(data)
    }

    package func text<Value>(_ column: String, _ parse: (String) -> Value?) throws -> Value {
        guard let text = String.fromDatabaseValue(self[column]), let value = parse(text) else {
            throw Self.damaged(column)
        }
        return value
    }

    package func isNull(_ column: String) -> Bool {
        (self[column] as DatabaseValue).isNull
    }

    private func read<Value>(_ column: String, _ parse: ([UInt8]) -> Value?) throws -> Value {
        guard let value = parse(try bytes(column)) else { throw Self.damaged(column) }
        return value
    }

    private static func damaged(_ column: String) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "column \(column) is damaged")
    }
}

extension CartOperation {
    /// An operation as the columns `device`, `incarnation`, `sequence` and `body` hold it.
    package init(row: Row, body column: String = "body") throws {
        let dot = try row.dot()
        do {
            let value = try StrictJSON.parse(try row.bytes(column), limits: .document)
            try self.init(dot: dot, bodyJSON: value, strict: false)
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the body does not read")
        }
    }
}
