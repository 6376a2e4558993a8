#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Bytes of a file or pipe, in pieces of bounded size.
final class ByteInput {
    private static let pieceBytes = 1 << 16
    /// How long `isReady` waits, milliseconds.
    private static let waitMilliseconds: Int32 = 250

    private let descriptor: Int32
    private let isOwned: Bool
    private var buffer: ArraySlice<UInt8> = []
    private var isDry = false

    init(descriptor: Int32, isOwned: Bool) {
        self.descriptor = descriptor
        self.isOwned = isOwned
    }

    deinit { if isOwned { close(descriptor) } }

    /// Whether reading will not wait, or the end is known.
    func isReady() -> Bool {
        guard buffer.isEmpty, !isDry else { return true }
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, Self.waitMilliseconds) > 0
    }

    var isAtEnd: Bool {
        if buffer.isEmpty { fill() }
        return buffer.isEmpty
    }

    /// `nil` when fewer are left.
    func take(_ count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(count, Self.pieceBytes))
        while bytes.count < count {
            if buffer.isEmpty { fill() }
            guard !buffer.isEmpty else { return nil }
            let part = buffer.prefix(count - bytes.count)
            bytes += part
            buffer = buffer.dropFirst(part.count)
        }
        return bytes
    }

    /// False when fewer are left.
    func skip(_ count: Int) -> Bool {
        var rest = count
        while rest > 0 {
            if buffer.isEmpty { fill() }
            guard !buffer.isEmpty else { return false }
            let step = min(rest, buffer.count)
            buffer = buffer.dropFirst(step)
            rest -= step
        }
        return true
    }

    /// Nothing in the buffer afterwards is the end, or a failure, which ends a recording as well.
    private func fill() {
        guard !isDry else { return }
        var bytes = [UInt8](repeating: 0, count: Self.pieceBytes)
        while true {
            let count = systemRead(descriptor, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                _ = poll(&request, 1, Self.waitMilliseconds)
                continue
            }
            isDry = count <= 0
            buffer = bytes[..<max(0, count)]
            return
        }
    }
}

private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(file, bytes, count)
}
