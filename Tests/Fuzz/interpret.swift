import ToteBarcodes
import ToteValues

/// A scan: the first byte says how it came, the second names symbology or identifier.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](data, count)
    guard bytes.count > 2 else { return -1 }
    let code = Array(bytes[2...])
    let sources = ScanSource.allCases
    let source = sources[Int(bytes[0] & 15) % sources.count]
    switch bytes[0] >> 4 & 3 {
    case 0: FuzzStore.check(ScanInput(typed: String(decoding: code, as: UTF8.self)))
    case 1:
        let symbology = symbologies[Int(bytes[1]) % symbologies.count]
        FuzzStore.check(ScanInput(bytes: code, symbology: symbology, source: source))
    case 2:
        let aim = identifiers[Int(bytes[1]) % identifiers.count]
        FuzzStore.check(ScanInput(bytes: code, aim: aim, source: source))
    default:
        let addOn = Array(code.prefix(bytes[1] & 1 == 0 ? 2 : 5))
        let main = Array(code.dropFirst(addOn.count))
        FuzzStore.check(
            ScanInput(bytes: main, symbology: .ean13, addOn: addOn, source: source))
    }
    return 0
}

private let identifiers = [
    "]E0", "]E1", "]E3", "]E4", "]C0", "]C1", "]C2", "]e0", "]d1", "]d2", "]Q1", "]Q3", "]Q5",
    "]I0", "]I1", "]J1", "]A0", "]F0", "]G0", "]L0", "]z0", "]X0",
].compactMap { SymbologyIdentifier(text: $0) }

private let symbologies: [Symbology] = [
    .ean13, .ean8, .upcE, .code128, .code39, .code93, .itf, .codabar, .dataBar, .dataBarExpanded,
    .qr, .dataMatrix, .pdf417, .aztec, .dotCode, .unknown("other"),
]
