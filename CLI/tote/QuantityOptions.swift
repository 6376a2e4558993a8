import ArgumentParser
import Tote
import ToteBarcodes
import ToteValues

/// How much a scan adds, and of what where the code leaves a choice.
struct QuantityOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Pieces, 1…999.", valueName: "n"), transform: Self.pieces)
    var qty: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Weight from the scale, 1…99999 grams.", valueName: "g"),
        transform: Self.grams)
    var grams: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Which article is meant, where several have the code.", valueName: "sku"))
    var article: String?

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Add it in spite of this question (checkLot, sellByPassed …); may be repeated.",
            valueName: "question"))
    var confirm: [String] = []

    func request(_ input: ScanInput) -> ScanRequest {
        ScanRequest(
            input, pieces: qty, grams: grams, article: article, confirmed: Set(confirm))
    }

    func validate() throws {
        if let qty, qty > 1, grams != nil {
            throw ValidationError("--grams is one weighed item: leave --qty out.")
        }
    }

    static func pieces(_ text: String) throws -> Int {
        try number(text, in: Quantity.pieceRange, option: "--qty")
    }

    static func grams(_ text: String) throws -> Int {
        try number(text, in: Quantity.gramRange, option: "--grams")
    }

    /// ASCII digits without sign or leading zero, within the range; the message names both.
    static func number(_ text: String, in range: ClosedRange<Int>, option: String) throws -> Int {
        guard let number = DecimalText.unsigned(text), let count = Int(exactly: number),
            range.contains(count)
        else {
            throw ValidationError(
                "\(option) is a whole number from \(range.lowerBound) to \(range.upperBound), "
                    + "not '\(CommandArguments.quote(text))'.")
        }
        return count
    }
}
