import CFaultVFS
import Foundation

/// The door of the shim below SQLite: what the program did to its files, in order.
enum FaultJournal {
    /// One change of the disk.
    enum Event {
        case open(handle: UInt32, name: String, isNew: Bool)
        /// The bytes lie in the journal.
        case write(handle: UInt32, offset: Int, bytes: Range<Int>)
        case truncate(handle: UInt32, size: Int)
        case sync(handle: UInt32)
        case syncName(String)
        case remove(String)
        case rename(String, String)
        case link(String, String)
        case syncFolder
        /// So many promises had been made.
        case mark(Int)
    }

    struct Recording {
        var bytes: [UInt8] = []
        var events: [Event] = []
    }

    static func register() throws {
        let result = tote_fault_register()
        guard result == 0 else { throw NotRegistered(result: result) }
    }

    struct NotRegistered: Error { let result: Int32 }

    /// - Parameters:
    ///   - root: nothing below it waits for the disk.
    ///   - folder: changes below it are noted.
    static func begin(root: String, folder: String) { tote_fault_begin(root, folder) }

    /// From now on nothing is noted.
    static func end(root: String) { tote_fault_begin(root, nil) }

    static func mark(_ promises: Int) { tote_fault_mark(Int64(promises)) }

    static func recording() -> Recording {
        var length = 0
        guard let start = tote_fault_copy_events(&length) else { return Recording() }
        defer { free(start) }
        let buffer = UnsafeRawBufferPointer(start: start, count: length)
        var recording = Recording(bytes: [UInt8](buffer))
        var offset = 0
        while offset < length {
            let head = buffer.loadUnaligned(fromByteOffset: offset, as: tote_fault_event.self)
            offset += MemoryLayout<tote_fault_event>.stride
            let bytes = offset..<offset + Int(head.length)
            if let event = event(head, bytes, buffer) { recording.events.append(event) }
            offset = (bytes.upperBound + 7) / 8 * 8
        }
        return recording
    }

    private static func event(
        _ head: tote_fault_event, _ bytes: Range<Int>, _ buffer: UnsafeRawBufferPointer
    ) -> Event? {
        let isNamed = [TOTE_FAULT_WRITE, TOTE_FAULT_TRUNCATE, TOTE_FAULT_MARK].allSatisfy {
            $0.rawValue != head.kind
        }
        let names =
            isNamed
            ? buffer[bytes].split(separator: 0).map { String(decoding: $0, as: UTF8.self) } : []
        switch tote_fault_kind(head.kind) {
        case TOTE_FAULT_OPEN:
            return .open(handle: head.handle, name: names[0], isNew: head.offset == 1)
        case TOTE_FAULT_WRITE:
            return .write(handle: head.handle, offset: Int(head.offset), bytes: bytes)
        case TOTE_FAULT_TRUNCATE: return .truncate(handle: head.handle, size: Int(head.offset))
        case TOTE_FAULT_SYNC:
            return head.handle == 0 ? .syncName(names[0]) : .sync(handle: head.handle)
        case TOTE_FAULT_REMOVE: return .remove(names[0])
        case TOTE_FAULT_RENAME: return .rename(names[0], names[1])
        case TOTE_FAULT_LINK: return .link(names[0], names[1])
        case TOTE_FAULT_SYNC_FOLDER: return .syncFolder
        case TOTE_FAULT_MARK: return .mark(Int(head.offset))
        default: return nil
        }
    }
}
