import ToteValues

/// A black and white picture as PNG (ISO/IEC 15948): one bit a pixel, deflate blocks stored as they
/// are. No compression library for a picture of some 20 KiB.
enum BlackWhitePNG {
    /// - Parameter rows: rows of equal length; true is black.
    static func encode(_ rows: [[Bool]]) -> [UInt8] {
        let width = rows.first?.count ?? 0
        let header =
            UInt32(width).bigEndianBytes + UInt32(rows.count).bigEndianBytes + [1, 0, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
            + chunk("IDAT", stored(rows.flatMap(packed))) + chunk("IEND", [])
    }

    /// Filter byte 0, then eight pixels a byte, white is 1.
    private static func packed(_ row: [Bool]) -> [UInt8] {
        var bytes: [UInt8] = [0]
        for start in stride(from: 0, to: row.count, by: 8) {
            var byte: UInt8 = 0
            for (bit, isBlack) in row[start..<min(start + 8, row.count)].enumerated()
            where !isBlack { byte |= 0x80 >> UInt8(bit) }
            bytes.append(byte)
        }
        return bytes
    }

    /// zlib (RFC 1950) around stored blocks (RFC 1951 section 3.2.4).
    private static func stored(_ data: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: data.count, by: 65_535) {
            let block = data[start..<min(start + 65_535, data.count)]
            let count = UInt16(block.count)
            bytes.append(block.endIndex == data.count ? 1 : 0)
            bytes += [UInt8(count & 255), UInt8(count >> 8)]
            bytes += [UInt8(~count & 255), UInt8(~count >> 8)]
            bytes += block
        }
        return bytes + adler32(data).bigEndianBytes
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        return UInt32(data.count).bigEndianBytes + body + crc32(body).bigEndianBytes
    }

    private static func adler32(_ data: [UInt8]) -> UInt32 {
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in data {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }

    private static func crc32(_ data: [UInt8]) -> UInt32 {
        var crc: UInt32 = .max
        for byte in data {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
