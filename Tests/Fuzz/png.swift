/// PNG files. The sums of chunks are put right first: else every change would end at a sum.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    var bytes = [UInt8](data, count)
    // Inputs of another format belong to another corpus.
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return -1 }
    PictureDoor.open(bytes)
    mendSums(&bytes)
    PictureDoor.open(bytes)
    return 0
}

private func mendSums(_ bytes: inout [UInt8]) {
    var offset = 8
    while offset + 12 <= bytes.count {
        let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        guard offset + 12 + length <= bytes.count else { return }
        let sum = crc32(bytes[offset + 4..<offset + 8 + length])
        for index in 0..<4 {
            let byte = UInt8(truncatingIfNeeded: sum >> (24 - 8 * UInt32(index)))
            bytes[offset + 8 + length + index] = byte
        }
        offset += 12 + length
    }
}

/// ISO/IEC 15948 annex D.
private func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF) { $0 >> 8 ^ sums[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
}

private let sums: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(byte) { part, _ in part & 1 == 1 ? part >> 1 ^ 0xEDB8_8320 : part >> 1 }
}
