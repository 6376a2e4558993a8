// The door to zlib; no pointer of it leaves this file. HTTP's content coding `deflate` is the zlib
// format (RFC 9110 section 8.4.1.2, RFC 1950).

import CZlib

/// Makes answers small on the wire (SYNC-51).
public enum Deflate {
    /// The name of the content coding.
    public static let coding = "deflate"

    /// Why bytes could not be inflated.
    public enum Failure: Error, Hashable, Sendable {
        /// More than the limit comes of them: made to fill memory.
        case tooLarge
        /// No stream in zlib format, damaged, cut off, or with something behind it.
        case damaged
    }

    /// Bytes in zlib format at the usual level; `nil` if they would not be fewer.
    public static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
        var result = [UInt8](repeating: 0, count: bytes.count)
        var count = uLong(result.count)
        // No room for the result means that it is no shorter.
        guard compress(&result, &count, bytes, uLong(bytes.count)) == Z_OK,
            count < uLong(bytes.count)
        else { return nil }
        return Array(result.prefix(Int(count)))
    }

    /// - Parameter limit: most bytes that may come of it.
    /// - Throws: `Failure`.
    public static func inflated(_ bytes: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw .damaged }
        defer { inflateEnd(&stream) }
        var source = bytes
        var result: [UInt8] = []
        var status = Z_OK
        source.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = uInt(input.count)
            while status == Z_OK, result.count <= limit {
                status = step(&stream, &result)
            }
        }
        guard result.count <= limit else { throw .tooLarge }
        guard status == Z_STREAM_END, stream.avail_in == 0 else { throw .damaged }
        return result
    }

    private static let stepBytes = 16 * 1024

    /// Inflates up to a step's bytes more. Without progress zlib answers `Z_BUF_ERROR`.
    private static func step(_ stream: inout z_stream, _ result: inout [UInt8]) -> Int32 {
        var status = Z_OK
        let part = [UInt8](unsafeUninitializedCapacity: stepBytes) { buffer, count in
            stream.next_out = buffer.baseAddress
            stream.avail_out = uInt(buffer.count)
            status = inflate(&stream, Z_NO_FLUSH)
            count = buffer.count - Int(stream.avail_out)
        }
        result += part
        return status
    }
}
