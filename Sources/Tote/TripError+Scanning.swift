import ToteBarcodes
import ToteValues

extension TripError {
    static let quantityOutOfRange = TripError(
        code: "quantityOutOfRange", kind: .usage,
        message: "A quantity is 1 to 999 pieces, or 1 to 99999 grams.",
        mend: "Give a whole number in that range.")

    static let measuredOnePiece = TripError(
        code: "quantityOutOfRange", kind: .usage,
        message: "A weighed or price-labelled item counts as one piece.",
        mend: "Scan each label once.")

    static func weightNeeded(_ name: String) -> TripError {
        TripError(
            code: "weightNeeded", kind: .data, message: "\(name) is sold by weight.",
            mend: "Weigh it and scan its label, or give the weight: --grams N")
    }

    static func notWeighed(_ name: String) -> TripError {
        TripError(
            code: "measureConflict", kind: .data,
            message: "\(name) takes no weight here: it is sold by the piece or its label has one.",
            mend: "Leave the weight out.")
    }

    static let lineNotFound = TripError(
        code: "lineNotFound", kind: .data, message: "That line is not in the cart.",
        mend: "Show the cart and name a line by its number: tote cart")

    /// PUR-2: says what the code is and where it belongs.
    static func wrongPurpose(_ found: CodePurpose) -> TripError {
        TripError(
            code: "wrongPurpose", kind: .data, message: "That is \(found.words), not an article.",
            mend: found.place)
    }

    static func internalDefect(_ words: String) -> TripError {
        TripError(
            code: "internal", kind: .internalDefect, message: "A defect of Tote: \(words).",
            mend: "The cart is kept. Please report this.")
    }
}
