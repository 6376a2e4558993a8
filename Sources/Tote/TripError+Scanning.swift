import ToteBarcodes
import ToteCatalogue
import ToteValues

extension TripError {
    /// What stands against a sale, or must be asked first (EXP-1…6).
    init(_ finding: Finding) {
        let asks = finding.severity == .ask && finding.kind != .legacyCouponNeedsStore
        self.init(
            code: finding.kind.rawValue, kind: .data, message: finding.message,
            mend: asks
                ? "\(finding.mend) To add it all the same: --confirm \(finding.kind.rawValue)"
                : finding.mend)
    }

    /// Several articles have one code, or the one that was chosen does not have it (PLU-2): all of
    /// them are named, none is preferred.
    init(_ error: CatalogueError, candidates: [(sku: String, name: String)]) {
        let names = candidates.map { "\($0.name) [\($0.sku)]" }.joined(separator: ", ")
        let skus = candidates.map { "--article \($0.sku)" }.joined(separator: ", or ")
        self.init(
            code: error.code.rawValue, kind: .data,
            message: "\(error.message.prefix(1).uppercased())\(error.message.dropFirst()): "
                + "\(names).",
            mend: "Nothing was added. Choose one: \(skus)")
    }

    init(scanning error: any Error) {
        switch error {
        case let error as TripError: self = error
        case let error as CatalogueError: self.init(error)
        default: self = .internalDefect("\(error)")
        }
    }

    static let alreadyApplied = TripError(
        code: "alreadyApplied", kind: .data, message: "That coupon is in the cart already.",
        mend: "It counts once; nothing was changed.")

    static func countNeeded(_ name: String) -> TripError {
        TripError(
            code: "countNeeded", kind: .data,
            message: "\(name) is sold by the piece, and its number does not say how many.",
            mend: "Give the count: --qty N")
    }

    static let serialIsOnePiece = TripError(
        code: "quantityOutOfRange", kind: .usage,
        message: "A code with a serial number is one piece.", mend: "Scan each piece once.")

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
