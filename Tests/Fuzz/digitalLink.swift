import ToteBarcodes
import ToteValues

/// A link in a QR code, as it is and behind the stem that makes it one.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](data, count)
    guard let kind = bytes.first else { return -1 }
    let rest = bytes.dropFirst()
    let text = kind & 1 == 0 ? Array(rest) : Array("https://id.gs1.org/".utf8) + rest
    FuzzStore.check(ScanInput(bytes: text, symbology: .qr, source: .camera))
    FuzzStore.check(ScanInput(typed: String(decoding: text, as: UTF8.self)))
    return 0
}
