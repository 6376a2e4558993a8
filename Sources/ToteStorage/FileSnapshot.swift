#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// The bytes of a database as a reader would see them, taken without SQLite, a lock or a write:
// the file's pages, and over them what was committed to its write-ahead log (SQLite file format,
// sections 1 and 4). A log frame counts when its salts are the log's own and its checksum fits,
// up to the last frame that ends a transaction. One pass over file and log.

struct FileSnapshot {
    /// Bytes, a power of two of 512 or more.
    let pageSize: Int
    private(set) var bytes: [UInt8]

    var pageCount: Int { bytes.count / pageSize }

    /// - Parameter usual: the page size to believe in where the file does not tell it.
    /// - Returns: `nil` when that is no database file.
    init?(path: String, usualPageSize usual: Int? = nil) throws(StorageError) {
        bytes = try DatabaseFile.mapping(path) {
            Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        }
        guard let size = Self.pageSize(in: bytes) ?? usual, bytes.count >= size else {
            return nil
        }
        pageSize = size
        bytes.removeLast(bytes.count % size)
        if let log = try? Data(contentsOf: URL(fileURLWithPath: path + "-wal")) {
            apply(WriteAheadLog(Array(log), pageSize: size))
        }
    }

    /// From 1 on, as SQLite counts; `nil` where the file does not reach.
    func page(_ number: Int) -> ArraySlice<UInt8>? {
        guard number > 0, number <= pageCount else { return nil }
        return bytes[(number - 1) * pageSize..<number * pageSize]
    }

    /// The same database without a log, as a memory database must be.
    var withoutLog: [UInt8] {
        var bytes = bytes
        bytes[18] = 1
        bytes[19] = 1
        return bytes
    }

    private mutating func apply(_ log: WriteAheadLog) {
        guard log.pageCount > 0 else { return }
        let size = log.pageCount * pageSize
        if bytes.count < size { bytes += [UInt8](repeating: 0, count: size - bytes.count) }
        for (number, place) in log.pages where number > 0 && number <= log.pageCount {
            bytes.replaceSubrange(
                (number - 1) * pageSize..<number * pageSize, with: log.bytes[place])
        }
        bytes.removeLast(bytes.count - size)
    }

    var hasHeader: Bool { Self.pageSize(in: bytes) != nil }

    private static func pageSize(in bytes: [UInt8]) -> Int? {
        guard bytes.count >= 100, bytes.starts(with: Array("SQLite format 3".utf8)) else {
            return nil
        }
        let size = bytes.number(at: 16, bytes: 2)
        let pageSize = size == 1 ? 65_536 : size
        return pageSize >= 512 && pageSize.nonzeroBitCount == 1 ? pageSize : nil
    }
}

/// The pages that a log holds of its committed transactions.
private struct WriteAheadLog {
    let bytes: [UInt8]
    /// Newest version of each page.
    private(set) var pages: [Int: Range<Int>] = [:]
    /// Pages of the database after the last commit; 0 when there was none.
    private(set) var pageCount = 0

    init(_ bytes: [UInt8], pageSize: Int) {
        self.bytes = bytes
        guard bytes.count >= 32, bytes.number(at: 8, bytes: 4) == pageSize,
            [0x377F_0682, 0x377F_0683].contains(bytes.number(at: 0, bytes: 4))
        else { return }
        let isBig = bytes[3] & 1 == 1
        var sum = Checksum(isBig: isBig)
        sum.add(bytes[0..<24])
        guard sum.equals(bytes, at: 24) else { return }
        var waiting: [Int: Range<Int>] = [:]
        for start in stride(from: 32, through: bytes.count - 24 - pageSize, by: 24 + pageSize) {
            let place = start + 24..<start + 24 + pageSize
            sum.add(bytes[start..<start + 8])
            sum.add(bytes[place])
            guard bytes[start + 8..<start + 16] == bytes[16..<24],
                sum.equals(bytes, at: start + 16)
            else { return }
            waiting[bytes.number(at: start, bytes: 4)] = place
            let committed = bytes.number(at: start + 4, bytes: 4)
            guard committed > 0 else { continue }
            pages.merge(waiting) { $1 }
            waiting = [:]
            pageCount = committed
        }
    }

    private struct Checksum {
        let isBig: Bool
        var first: UInt32 = 0
        var second: UInt32 = 0

        init(isBig: Bool) { self.isBig = isBig }

        mutating func add(_ bytes: ArraySlice<UInt8>) {
            bytes.withUnsafeBytes { buffer in
                for offset in stride(from: 0, to: buffer.count, by: 8) {
                    first &+= word(buffer, offset) &+ second
                    second &+= word(buffer, offset + 4) &+ first
                }
            }
        }

        private func word(_ buffer: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
            let raw = buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            return isBig ? UInt32(bigEndian: raw) : UInt32(littleEndian: raw)
        }

        /// Checksums are always stored big endian.
        func equals(_ bytes: [UInt8], at offset: Int) -> Bool {
            bytes.number(at: offset, bytes: 4) == Int(first)
                && bytes.number(at: offset + 4, bytes: 4) == Int(second)
        }
    }
}

extension Collection<UInt8> where Index == Int {
    /// Big endian.
    func number(at offset: Int, bytes count: Int) -> Int {
        self[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
    }
}
