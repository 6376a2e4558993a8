import ToteValues
import ToteVectorRules

/// Add-ons, scored apart from the main codes (COR-2): right, missed or wrong where the manifest
/// names one. It does not name all: others are listed, to be looked at.
struct AddOnReport {
    private var right = 0
    private var codesWithAddOn = 0
    private var missed: [String] = []
    private var wrong: [String] = []
    private var unnamed: [String] = []

    mutating func add(_ photo: Photo, _ symbols: [Symbol]) {
        let found = symbols.compactMap(\.addOn).map { String(decoding: $0, as: UTF8.self) }
        if !photo.addOn.isEmpty { codesWithAddOn += 1 }
        if !photo.addOn.isEmpty, found.contains(photo.addOn) {
            right += 1
        } else if !photo.addOn.isEmpty, found.isEmpty {
            missed.append("  \(photo.path)  \(photo.addOn)\n")
        }
        for text in found where text != photo.addOn {
            if photo.addOn.isEmpty {
                unnamed.append("  \(photo.path)  \(text)\n")
            } else {
                wrong.append("  \(photo.path)  \(photo.addOn): \(text)\n")
            }
        }
    }

    func render() -> String {
        let head = "add-ons right: \(right) of \(codesWithAddOn)\n"
        return head + list("missed", missed)
            + list("wrong", wrong) + list("not in the manifest", unnamed)
    }

    private func list(_ name: String, _ lines: [String]) -> String {
        "add-ons \(name): \(lines.count)\n" + lines.joined()
    }
}
