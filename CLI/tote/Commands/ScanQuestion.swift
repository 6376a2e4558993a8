import Tote
import ToteBarcodes
import ToteCatalogue
import ToteTerminal
import ToteValues

/// What must be asked before a code can be added: which article, how many, how heavy, or whether
/// all the same. Nothing is added until it is answered, and nothing is guessed.
struct ScanQuestion {
    private enum Kind {
        case article([PricedItem])
        case count, weight
        case confirm(String)
    }

    private let kind: Kind
    private(set) var request: ScanRequest
    let refusal: TripError

    /// `nil` for a refusal that no answer can mend.
    init?(_ refusal: TripError, request: ScanRequest, trip: ShoppingTrip) async throws {
        switch refusal.code {
        case "ambiguous":
            let candidates = try await trip.candidates(for: request.input)
            guard !candidates.isEmpty else { return nil }
            kind = .article(candidates)
        case "countNeeded": kind = .count
        case "weightNeeded": kind = .weight
        default:
            guard refusal.mend.contains("--confirm \(refusal.code)") else { return nil }
            kind = .confirm(refusal.code)
        }
        self.request = request
        self.refusal = refusal
    }

    /// The refusal and how to answer it here.
    var text: String {
        let message = VisibleText.escaped(refusal.message)
        switch kind {
        case .article(let items):
            let rows = items.enumerated().map { "  \($0 + 1)  \(ItemText.line($1))" }
            let head =
                items.count == 1
                ? "One article has this code:" : "\(items.count) articles have this code:"
            let ask = items.count == 1 ? "Is it this one? 1" : "Which one? 1 to \(items.count)"
            return ([head] + rows + [ask]).joined(separator: "\n")
        case .count: return "\(message)\nHow many? 1 to 999"
        case .weight: return "\(message)\nHow heavy is it? As in 350 g"
        case .confirm: return "\(message)\nAdd it all the same? y or n"
        }
    }

    /// The request with this answer; `nil` when it is none: then nothing is added.
    func answered(_ reply: String) -> ScanRequest? {
        let words = reply.split(separator: " ").joined()
        var request = request
        switch kind {
        case .article(let items):
            guard let number = DecimalText.unsigned(words), let index = Int(exactly: number),
                items.indices.contains(index - 1)
            else { return nil }
            request.article = items[index - 1].product.sku
        case .count:
            guard let pieces = try? QuantityOptions.pieces(words) else { return nil }
            request.pieces = pieces
        case .weight:
            guard words.hasSuffix("g"),
                let grams = try? QuantityOptions.grams(String(words.dropLast()))
            else { return nil }
            request.grams = grams
        case .confirm(let code):
            guard Console.isYes(words) else { return nil }
            request.confirmed.insert(code)
        }
        return request
    }

    /// Whether an entry can only be meant as an answer, right or wrong.
    func isAnswer(_ entry: String) -> Bool {
        let words = entry.split(separator: " ").joined()
        if case .confirm = kind { return ["y", "yes", "n", "no"].contains(words.lowercased()) }
        return answered(entry) != nil
            || (words.utf8.count <= 3 && DecimalText.unsigned(words) != nil)
    }
}

extension ShoppingTrip {
    /// Adds; asks at a terminal what must be asked, and refuses elsewhere.
    func scanAsking(_ request: ScanRequest) async throws -> ScanOutcome {
        var request = request
        while true {
            do {
                return try scan(request)
            } catch {
                guard Console.isInteractive,
                    let question = try await ScanQuestion(error, request: request, trip: self),
                    let reply = Console.answer(question.text + " "),
                    let answered = question.answered(reply)
                else { throw error }
                request = answered
            }
        }
    }
}
