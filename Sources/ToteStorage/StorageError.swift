import GRDB

/// Why a file of ours could not be opened, read or written (SYNC-25, KEY-2, BAD-015).
/// Holds no personal data: a path, what happened, and what to do about it.
public struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        /// Another process, or another connection, holds the file.
        case busy
        /// The disk or the quota is full.
        case full
        case readOnly
        case ioError
        /// Not a database, or one that fails its own check.
        case damaged
        /// Written by a newer version of Tote; left untouched.
        case schemaTooNew
        case cannotOpen
        /// A private file others could read or change, or a symbolic link in its place.
        case unsafeMode
        /// A table's own rule refused a row.
        case constraint
        case unexpected
    }

    public let code: Code
    public let path: String
    public let message: String
    /// What a person can do, in one sentence; empty when there is nothing.
    public let mend: String

    public init(_ code: Code, path: String, message: String, mend: String? = nil) {
        self.code = code
        self.path = path
        self.message = message
        self.mend = mend ?? Self.usualMend(code)
    }

    public var description: String {
        let cause = "\(path): \(message) (\(code.rawValue))"
        return mend.isEmpty ? cause : cause + ". " + mend
    }

    private static func usualMend(_ code: Code) -> String {
        switch code {
        case .busy: "Close the other program that uses this file, then try again."
        case .full: "Free some disk space; what is saved stays readable."
        case .readOnly: "Make the file and its folder writable for you."
        case .ioError: "Check the disk; copy the folder to another one before anything else."
        case .damaged: "Keep the file for examination and start with a salvaged one."
        case .schemaTooNew: "Use the newer version of Tote that wrote this file."
        case .cannotOpen: "Check that the folder exists and is yours."
        case .unsafeMode, .constraint, .unexpected: ""
        }
    }
}

extension StorageError {
    /// Maps any error of GRDB or of this module; an unknown one becomes `unexpected`.
    public init(_ error: any Error, path: String) {
        switch error {
        case let error as StorageError: self = error
        case let error as DatabaseError:
            let code = Self.code(of: error)
            let message = error.message ?? "SQLite result \(error.extendedResultCode.rawValue)"
            self.init(code, path: path, message: code == .full ? "the disk is full" : message)
        default: self.init(.unexpected, path: path, message: String(describing: error))
        }
    }

    /// A full disk first shows when SQLite grows its shared memory file, as an I/O error.
    private static func code(of error: DatabaseError) -> Code {
        if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE { return .full }
        switch error.resultCode {
        case .SQLITE_FULL: return .full
        case .SQLITE_READONLY, .SQLITE_PERM: return .readOnly
        case .SQLITE_IOERR: return .ioError
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged
        case .SQLITE_CANTOPEN: return .cannotOpen
        case .SQLITE_CONSTRAINT: return .constraint
        default: return .unexpected
        }
    }
}
