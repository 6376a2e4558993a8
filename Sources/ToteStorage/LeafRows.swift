import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// The rows of one leaf page of a table (SQLite file format, sections 1.6 and 2). Each cell is read
// by itself, so that a damaged one costs no other. Numbers in a page are not to be believed: every
// read is checked against the page.

struct LeafRow {
    let rowid: Int64
    /// In the order of the table's columns; a column added later may be missing.
    let values: [DatabaseValue]
}

/// A page of a table's tree.
struct TreePage {
    enum Kind: UInt8 {
        case inner = 0x05
        case leaf = 0x0D
    }

    let kind: Kind
    private let snapshot: FileSnapshot
    private let page: ArraySlice<UInt8>
    /// The first page begins with the file's header.
    private let header: Int

    /// `nil` for a page of another kind: damaged, of an index, free.
    init?(_ snapshot: FileSnapshot, _ number: Int) {
        guard let page = snapshot.page(number) else { return nil }
        let header = number == 1 ? 100 : 0
        guard let kind = Kind(rawValue: page[page.startIndex + header]) else { return nil }
        self.kind = kind
        self.snapshot = snapshot
        self.page = page
        self.header = header
    }

    /// Page numbers below an inner page; 0 where one is lost.
    var children: [Int] {
        guard kind == .inner else { return [] }
        return (cells + [header + 8]).map { number($0, bytes: 4) ?? 0 }
    }

    /// Rows of a leaf that can be read; `nil` for each that cannot.
    var rows: [LeafRow?] { kind == .leaf ? cells.map(row) : [] }

    /// Where each begins; the end of the page for one that would begin before the first can.
    private var cells: [Int] {
        let count = number(header + 3, bytes: 2) ?? 0
        let first = header + (kind == .inner ? 12 : 8)
        guard first + 2 * count <= page.count else { return [] }
        return (0..<count).compactMap { number(first + 2 * $0, bytes: 2) }
            .map { $0 < first + 2 * count ? page.count : $0 }
    }

    private func number(_ offset: Int, bytes count: Int) -> Int? {
        guard offset >= 0, offset + count <= page.count else { return nil }
        return page.number(at: page.startIndex + offset, bytes: count)
    }

    private func row(_ cell: Int) -> LeafRow? {
        var reader = VarintReader(page.dropFirst(cell))
        guard let length = reader.next(), let rowid = reader.next(),
            let payload = payload(reader.rest, length: length),
            let values = RecordReader.values(payload)
        else { return nil }
        return LeafRow(rowid: rowid, values: values)
    }

    /// What does not fit into the page continues in a chain of overflow pages.
    private func payload(_ start: ArraySlice<UInt8>, length: Int64) -> ArraySlice<UInt8>? {
        guard length >= 0, length <= Int64(snapshot.bytes.count) else { return nil }
        let length = Int(length)
        let usable = snapshot.usableSize
        if length <= usable - 35 {
            return start.count >= length ? start.prefix(length) : nil
        }
        let least = (usable - 12) * 32 / 255 - 23
        let fitting = least + (length - least) % (usable - 4)
        let local = fitting <= usable - 35 ? fitting : least
        guard start.count >= local + 4 else { return nil }
        var payload = Array(start.prefix(local))
        var next = start.number(at: start.startIndex + local, bytes: 4)
        while payload.count < length {
            guard let page = snapshot.page(next) else { return nil }
            next = page.number(at: page.startIndex, bytes: 4)
            payload += page.dropFirst(4).prefix(min(usable - 4, length - payload.count))
        }
        return payload[...]
    }
}

extension FileSnapshot {
    /// A page without the bytes that are reserved at its end.
    var usableSize: Int { pageSize - min(Int(bytes[20]), pageSize - 480) }
}

/// Numbers of one to nine bytes, seven bits each.
private struct VarintReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func next() -> Int64? {
        var value: UInt64 = 0
        for index in 0..<9 {
            guard let byte = rest.popFirst() else { return nil }
            if index == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 { return Int64(bitPattern: value) }
        }
        return nil
    }
}

/// The record format: types of all columns, then their contents.
private enum RecordReader {
    static func values(_ record: ArraySlice<UInt8>) -> [DatabaseValue]? {
        var head = VarintReader(record)
        guard let length = head.next(), length > 0, length <= Int64(record.count) else {
            return nil
        }
        var content = record.dropFirst(Int(length))
        let end = content.startIndex
        var values: [DatabaseValue] = []
        while head.rest.startIndex < end {
            guard let type = head.next(), let value = value(type, &content) else { return nil }
            values.append(value)
        }
        return head.rest.startIndex == end ? values : nil
    }

    private static func value(
        _ type: Int64, _ content: inout ArraySlice<UInt8>
    ) -> DatabaseValue? {
        switch type {
        case 0: return .null
        case 1...4: return integer(Int(type), &content)
        case 5: return integer(6, &content)
        case 6: return integer(8, &content)
        case 7:
            return take(8, &content).map {
                Double(bitPattern: $0.reduce(0) { $0 << 8 | UInt64($1) }).databaseValue
            }
        case 8: return Int64(0).databaseValue
        case 9: return Int64(1).databaseValue
        case 12...:
            guard let count = Int(exactly: (type - 12) / 2), let bytes = take(count, &content)
            else { return nil }
            if type % 2 == 0 { return Data(bytes).databaseValue }
            return String(validating: bytes, as: UTF8.self)?.databaseValue
        default: return nil
        }
    }

    private static func integer(
        _ count: Int, _ content: inout ArraySlice<UInt8>
    ) -> DatabaseValue? {
        take(count, &content).map { bytes in
            let sign: Int64 = (bytes.first ?? 0) >= 0x80 ? -1 : 0
            return bytes.reduce(sign) { $0 << 8 | Int64($1) }.databaseValue
        }
    }

    private static func take(
        _ count: Int, _ content: inout ArraySlice<UInt8>
    ) -> ArraySlice<UInt8>? {
        guard content.count >= count else { return nil }
        defer { content = content.dropFirst(count) }
        return content.prefix(count)
    }
}
