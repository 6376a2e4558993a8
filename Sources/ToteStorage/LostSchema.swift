import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The first page of a file says where its tables begin. Where it is lost, all rows are still
/// there: a copy of the file gets the first page of a fresh one, which was made by the same schema
/// steps in the same order and so has its tables in the same places.
enum LostSchema {
    /// - Returns: `damaged` itself when its schema reads; else a mended copy of it.
    static func mended(_ damaged: String, like fresh: String) throws -> String {
        if isReadable(damaged) { return damaged }
        let page = try firstPage(of: fresh)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: damaged))
        guard bytes.count > page.count else { return damaged }
        bytes.replaceSubrange(0..<page.count, with: page)
        // Offset 28: the size in pages, 32: the list of free pages, which is not needed to read.
        let pages = UInt32(clamping: bytes.count / page.count)
        bytes.replaceSubrange(28..<40, with: bigEndian(pages) + [UInt8](repeating: 0, count: 8))
        // Offset 92: for which change counter (offset 24) that size holds.
        bytes.replaceSubrange(92..<96, with: Array(bytes[24..<28]))
        let copy = fresh + ".source"
        discard(copy, unless: damaged)
        try bytes.write(to: URL(fileURLWithPath: copy))
        if FileSystem.exists(damaged + "-wal") {
            try FileSystem.link(damaged + "-wal", as: copy + "-wal")
        }
        return copy
    }

    static func discard(_ path: String, unless kept: String) {
        guard path != kept else { return }
        for suffix in ["", "-wal", "-shm"] { try? FileSystem.remove(path + suffix) }
    }

    private static func isReadable(_ path: String) -> Bool {
        var configuration = Configuration()
        configuration.readonly = true
        let tables = try? DatabaseQueue(path: path, configuration: configuration).unsafeRead {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema WHERE rootpage > 0")
        }
        return (tables ?? 0) > 0
    }

    /// Bytes 16 and 17 of a file are its page size.
    private static func firstPage(of path: String) throws -> Data {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let size = bytes.count > 100 ? Int(bytes[16]) << 8 | Int(bytes[17]) : 0
        guard size >= 512, bytes.count >= size else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no first page")
        }
        return bytes.prefix(size)
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
}
