import ArgumentParser
import ToteValues

/// How much a scan adds.
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
