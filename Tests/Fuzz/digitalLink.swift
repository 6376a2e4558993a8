import ToteBarcodes
import ToteValues

/// A link in a QR code, as it is or behind the stem that makes it one; the first byte also says
/// what is let pass beyond the standard.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](data, count)
    guard let kind = bytes.first else { return -1 }
    let rest = bytes.dropFirst()
    let text = kind & 1 == 0 ? Array(rest) : Array("https://id.gs1.org/".utf8) + rest
    FuzzStore.check(ScanInput(bytes: text, symbology: .qr, source: .camera))
    FuzzStore.check(ScanInput(typed: String(decoding: text, as: UTF8.self)))
    for options in [ElementOptions(), ElementOptions(rawValue: Int(kind >> 1 & 15))] {
        let link = DigitalLink(table: .standard, today: FuzzStore.today, options: options)
        if let string = try? link.parse(text) { check(link, string) }
        if let (string, stem) = try? link.decompress(text) {
            check(link, string)
            precondition(!stem.isEmpty)
        }
    }
    return 0
}

/// What was read, built again, reads alike: in full (DL-6) and compressed (DL-7).
private func check(_ link: DigitalLink, _ string: ElementString) {
    if let built = try? link.build(string) {
        let again = try? link.parse(Array(built.utf8))
        precondition(again.flatMap { $0 }.map(values) == values(string), built)
    }
    if let small = try? link.compress(string) {
        let again = try? link.decompress(Array(small.utf8)).elements
        precondition(again.map(values) == values(string), small)
    }
}

private func values(_ string: ElementString) -> [String] {
    Set(string.elements.map { "(\($0.ai))\($0.value)" }).sorted()
}
