import ToteBarcodes

/// A scanner's line: device and stand-in for GS, then pairs of byte and gap; a gap of 255 is a
/// clock that jumps back.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](data, count)
    guard bytes.count > 2 else { return -1 }
    var line = ScannerLine(
        device: bytes[0] & 1 == 0 ? .keyboard : .scanner,
        groupSeparator: bytes[1] == 0 ? nil : bytes[1])
    var now: Int64 = bytes[0] & 2 == 0 ? 0 : .max
    for index in stride(from: 2, to: bytes.count - 1, by: 2) {
        now =
            bytes[index + 1] == 255
            ? .min
            : now.addingReportingOverflow(
                Int64(bytes[index + 1])
            ).partialValue
        guard case .line(let read)? = line.take(bytes[index], at: now) else { continue }
        precondition(!read.bytes.isEmpty && read.bytes.count <= 8192)
        precondition(!read.bytes.contains(13) && !read.bytes.contains(10))
    }
    return 0
}
