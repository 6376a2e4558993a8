import ToteBarcodes
import ToteValues

/// How often the repair that is offered first is the right one (DIAG-1): random slips of single
/// digits and of two neighbours in numbers of a catalogue, typed and scanned in turn.
///
/// Each slip falls in one of four: the number is still valid, so that no check digit can tell;
/// several numbers of the catalogue are one slip away; or one alone is, and it is offered first or
/// not.
package struct RepairFigures: Sendable {
    package private(set) var slips = 0
    /// The check digit is right all the same: two neighbours that differ by 5.
    package private(set) var unnoticed = 0
    /// Several numbers of the catalogue are one slip away.
    package private(set) var undecided = 0
    /// Of these, where the first offered was right all the same.
    package private(set) var undecidedRight = 0
    package private(set) var offeredFirst = 0
    /// Inputs whose only repair in the catalogue was not offered first.
    package private(set) var missed: [String] = []

    package init() {}

    /// Slips after which exactly one number of the catalogue is one slip away.
    package var decided: Int { offeredFirst + missed.count }
    /// Of 1; 0 when there was nothing to decide.
    package var share: Double { decided == 0 ? 0 : Double(offeredFirst) / Double(decided) }

    package var report: String {
        let percent = (share * 10_000).rounded() / 100
        return """
            \(slips) slips: \(unnoticed) leave a valid number, \(undecided) have several repairs \
            in the catalogue (the first is right for \(undecidedRight))
            \(decided) have one: \(offeredFirst) offered first (\(percent) %), \(missed.count) not
            """
    }

    package mutating func add(
        count: Int, catalogue: RepairCatalogue, using chance: inout some RandomNumberGenerator
    ) {
        for index in 0..<count {
            guard let right = catalogue.numbers.randomElement(using: &chance) else { return }
            let isSwap = Bool.random(using: &chance)
            guard let wrong = Self.slip(right, isSwap: isSwap, using: &chance) else { continue }
            judge(wrong, right, catalogue, source: index.isMultiple(of: 2) ? .typed : .scanner)
        }
    }

    private mutating func judge(
        _ wrong: String, _ right: String, _ catalogue: RepairCatalogue, source: ScanSource
    ) {
        slips += 1
        let input = ScanInput(bytes: Array(wrong.utf8), source: source)
        let diagnosis = diagnose(
            input, rules: catalogue.rules, today: catalogue.today, isListed: catalogue.isListed,
            sharesPrefix: catalogue.sharesPrefix)
        guard diagnosis.findings.first?.kind == .checkDigit else {
            unnoticed += 1
            return
        }
        let one = catalogue.oneSlipAway(from: wrong)
        guard one == [right] else {
            undecided += 1
            undecidedRight += diagnosis.repairs.first?.text == right ? 1 : 0
            return
        }
        if diagnosis.repairs.first?.text == right {
            offeredFirst += 1
        } else {
            missed.append(wrong)
        }
    }

    /// One digit changed, or two neighbours that differ swapped; `nil` where none do.
    package static func slip(
        _ text: String, isSwap: Bool, using chance: inout some RandomNumberGenerator
    ) -> String? {
        var digits = Array(text.utf8)
        if isSwap {
            let places = digits.indices.dropLast().filter { digits[$0] != digits[$0 + 1] }
            guard let place = places.randomElement(using: &chance) else { return nil }
            digits.swapAt(place, place + 1)
        } else {
            let place = Int.random(in: digits.indices, using: &chance)
            let step = UInt8.random(in: 1...9, using: &chance)
            digits[place] = 0x30 + (digits[place] - 0x30 + step) % 10
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
