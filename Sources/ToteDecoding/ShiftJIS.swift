// The door to iconv of the C library; no pointer of it leaves this file.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

enum ShiftJIS {
    /// `nil` unless every byte is Shift_JIS (JIS X 0208 annex 1) as Windows and phones write it:
    /// 5C is a backslash, not a yen sign, or no path or URL would survive.
    static func decode(_ bytes: [UInt8]) -> String? {
        guard let converter = iconv_open("UTF-8", "CP932"), Int(bitPattern: converter) != -1
        else { return nil }
        defer { iconv_close(converter) }
        var source = bytes.map { CChar(bitPattern: $0) }
        var sourceLeft = source.count
        // One Shift_JIS byte becomes at most three bytes of UTF-8.
        var target = [CChar](repeating: 0, count: 3 * bytes.count)
        var targetLeft = target.count
        let status = source.withUnsafeMutableBufferPointer { from in
            target.withUnsafeMutableBufferPointer { to in
                var from = from.baseAddress
                var to = to.baseAddress
                return iconv(converter, &from, &sourceLeft, &to, &targetLeft)
            }
        }
        guard status == 0, sourceLeft == 0 else { return nil }
        let written = target.dropLast(targetLeft).map { UInt8(bitPattern: $0) }
        return String(validating: written, as: UTF8.self)
    }
}
