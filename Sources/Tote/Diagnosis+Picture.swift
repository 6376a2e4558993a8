public import ToteBarcodes
public import ToteDecoding
import ToteValues

extension Diagnosis {
    /// Several articles have one code: a choice, which nobody makes for the shopper (PLU-2).
    init(choice error: TripError) {
        let finding = Finding(kind: .ambiguous, severity: .ask, message: error.message)
        self.init(headline: error.message, mend: error.mend, findings: [finding])
    }

    /// Why nothing was accepted in a picture: the strongest reason of what was refused, and one
    /// tip (DIAG-6). No refused reading is shown as a code: a wrong code is worse than none.
    public init(nothingAcceptedIn rejected: [Candidate]) {
        let strongest = rejected.max { $0.votes < $1.votes }
        let name = strongest?.symbology.name ?? ""
        let (cause, tip) =
            switch strongest?.reason {
            case nil: ("There is no barcode in this picture", "Go closer, and give it light")
            case .votes:
                ("Too few lines of a code (\(name)) agree", "Go closer, until it fills the picture")
            case .checkDigit:
                ("The check digit of a code (\(name)) is wrong", "Flatten the pack around it")
            case .length:
                ("A part of a code (\(name)) is missing", "Show the whole code, with its margins")
            case .contradiction:
                ("A code (\(name)) reads in two ways", "Hold the picture straight over it")
            case .content:
                ("A code (\(name)) reads as nonsense", "Give it light, and keep reflections off")
            }
        let finding = Finding(kind: .nothingAccepted, severity: .stop, message: cause + ".")
        self.init(
            headline: cause + ".", mend: "\(tip); or type the digits below the bars.",
            findings: [finding])
    }
}
