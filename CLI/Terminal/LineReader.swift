#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lines of a pipe or file, ended by LF or CRLF; the last may have no end. Memory stays bounded
/// however long a line is.
struct LineReader {
    let descriptor: Int32
    let maximumBytes: Int
    private var buffer: ArraySlice<UInt8> = []
    private var isAtEnd = false

    init(descriptor: Int32, maximumBytes: Int) {
        self.descriptor = descriptor
        self.maximumBytes = maximumBytes
    }

    mutating func next() -> LineInput {
        var line: [UInt8] = []
        var isTooLong = false
        while true {
            if buffer.isEmpty {
                if let failure = fill() { return .failed(failure) }
                if buffer.isEmpty {
                    guard isTooLong || !line.isEmpty else { return .endOfInput }
                    return result(line, isTooLong)
                }
            }
            let end = buffer.firstIndex(of: 0x0A)
            let part = buffer[..<(end ?? buffer.endIndex)]
            // One byte more than a line may have: its CR.
            if line.count + part.count > maximumBytes + 1 { isTooLong = true }
            if !isTooLong { line += part }
            buffer = end.map { buffer[($0 + 1)...] } ?? []
            if end != nil { return result(line, isTooLong) }
        }
    }

    private func result(_ line: [UInt8], _ isTooLong: Bool) -> LineInput {
        let content = line.last == 0x0D ? line.dropLast() : line[...]
        guard !isTooLong, content.count <= maximumBytes else { return .tooLong }
        return String(validating: content, as: UTF8.self).map { .line($0) } ?? .notText
    }

    /// The system's error number, or `nil`; an empty buffer afterwards is the end.
    private mutating func fill() -> Int32? {
        guard !isAtEnd else { return nil }
        var bytes = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return errno }
            isAtEnd = count == 0
            buffer = bytes[..<count]
            return nil
        }
    }
}
