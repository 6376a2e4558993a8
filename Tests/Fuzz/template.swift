import ToteBarcodes
import ToteValues

/// A template and, behind a line end, a code: the first byte gives unit and scale, the second is
/// taken for a value.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](data, count)
    guard bytes.count > 2 else { return -1 }
    let halves = bytes[2...].split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false)
    let text = String(decoding: halves[0], as: UTF8.self)
    let units: [MeasureTemplate.Unit] = [.minor, .grams, .millilitres, .millimetres, .pieces]
    let unit = units[Int(bytes[0]) % units.count]
    let scale = Int(bytes[0] / 5) % 7 - 3
    guard let template = try? MeasureTemplate(id: "t", text: text, unit: unit, scale: scale) else {
        return 0
    }
    precondition((try? MeasureTemplate(json: JSONField(template.json))) == template)
    let code = halves.count == 2 ? Array(halves[1]) : []
    check(template, code, Int64(bytes[1]) * 97)
    return 0
}

private func check(_ template: MeasureTemplate, _ code: [UInt8], _ value: Int64) {
    let trace = template.trace(of: String(decoding: code, as: UTF8.self))
    // Shown in its shortest form, the template is the same.
    let shown = trace.steps.map(\.part).joined()
    precondition(
        (try? MeasureTemplate(id: "t", text: shown, unit: .grams))?.pattern == template.pattern)
    let rules = StoreRules(store: 1, currency: .euro, templates: [template])
    let scan = ScanInput(bytes: code, symbology: .code128, source: .camera)
    _ = try? interpret(scan, rules: rules, today: FuzzStore.today)
    guard let reading = template.pattern.match(code), reading.failedCheck == nil else { return }
    precondition(code.contains { $0 >= 0x80 } || trace.fits)
    // What was read can be written (RCN-7), and then reads as written.
    let hundred: Int64 = template.text.contains("{embed100:") ? 100 : 1
    guard reading.embed != nil,
        let written = try? template.pattern.embed(value * hundred, into: code)
    else { return }
    let again = template.pattern.match(written)
    precondition(again?.embed == value * hundred)
    precondition(again?.code == reading.code && again?.price == reading.price)
    precondition(again?.failedCheck?.part != "{i}" && again?.failedCheck?.part != "{ec}")
}
