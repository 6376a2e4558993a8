import Tote
import ToteTerminal
import ToteValues

/// Refusals as they read at the prompt: the way out is named by its entry, not by a command line.
enum ShopWords {
    private static let entries: KeyValuePairs = [
        "tote offers --clip": "clip", "tote pay --resume": "pay", "tote pay --give-up": "back",
        "tote add CODE": "its digits", "tote login": "login", "tote pay": "pay",
        "give the weight: --grams N": "type the weight, as in 350 g",
        "Give the count: --qty N": "Type how many.", "tote cart": "cart", "tote sync": "sync",
        ": tote scan": "",
        "Choose one with --pick N, or photograph one.": "Photograph one of them alone.",
        "Show the cart again.": "Look at it again: cart",
    ]

    static func atPrompt(_ refusal: TripError) -> TripError {
        let mend = entries.reduce(refusal.mend) { $0.replacing($1.key, with: $1.value) }
        return TripError(
            code: refusal.code, kind: refusal.kind, message: refusal.message, mend: mend)
    }

    static func unknown(_ text: String) -> TripError {
        TripError(
            code: "unknownEntry", kind: .usage,
            message: "“\(VisibleText.fitted(text, columns: min(40, VisibleText.width(text))))” "
                + "is neither a code nor a word of this prompt.",
            mend: "Type help for the words, or find WORDS to search the articles.")
    }

    static func notAnswered(_ refusal: TripError) -> TripError {
        TripError(
            code: refusal.code, kind: refusal.kind, message: "That is no answer.",
            mend: "Nothing was added. Scan or type the code again.")
    }

    static let lineTooLong = TripError(
        code: "lineTooLong", kind: .data, message: "That line has more than 8192 bytes.",
        mend: "Nothing was added. Scan one code a line.")

    static let notText = TripError(
        code: "notText", kind: .data, message: "That line is not UTF-8 text.",
        mend: "Nothing was added. Scan one code a line.")
}
