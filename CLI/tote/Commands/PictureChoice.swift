import Tote
import ToteBarcodes
import ToteCatalogue
import ToteDecoding
import ToteTerminal
import ToteValues

/// Which symbol of a picture is meant. A guess is never made: two different articles in one still
/// picture must be asked about (DEC-16).
struct PictureChoice {
    let reading: PictureReading
    let pick: Int?

    private struct Candidate {
        let symbol: Symbol
        let name: String
    }

    func symbol(for trip: ShoppingTrip) async throws -> Symbol {
        let found = try await candidates(in: trip)
        // Nothing here can be bought: the trip says what the code is instead.
        guard found.count > 1 else {
            guard let only = found.first?.symbol ?? reading.symbols.first else { throw noCode }
            return only
        }
        guard let number = pick ?? ask(found), found.indices.contains(number - 1) else {
            throw several(found)
        }
        return found[number - 1].symbol
    }

    /// Codes that can be bought, one an article: a pack marked twice counts once.
    private func candidates(in trip: ShoppingTrip) async throws -> [Candidate] {
        var keys: Set<String> = []
        var candidates: [Candidate] = []
        for symbol in reading.symbols {
            let code = try await trip.explain(ScanInput(symbol: symbol))
            guard let purpose = code.scanned?.purpose,
                [.product, .measuredProduct].contains(purpose)
            else { continue }
            let key = code.item?.product.sku ?? symbol.text
            if keys.insert(key).inserted {
                candidates.append(Candidate(symbol: symbol, name: code.item?.product.name ?? key))
            }
        }
        return candidates
    }

    private func ask(_ found: [Candidate]) -> Int? {
        guard Console.isInteractive else { return nil }
        Console.words(list(found))
        return Console.answer("Which one? ").flatMap { Int($0) }
    }

    private func list(_ found: [Candidate]) -> String {
        found.enumerated().map { index, candidate in
            "  \(index + 1)  \(VisibleText.escaped(candidate.name))  "
                + VisibleText.escaped(candidate.symbol.text)
        }.joined(separator: "\n")
    }

    private func several(_ found: [Candidate]) -> TripError {
        let names = found.enumerated().map { "\($0 + 1) \($1.name)" }.joined(separator: ", ")
        return TripError(
            code: "multipleSymbols", kind: .data,
            message: "The picture shows \(found.count) articles: \(names).",
            mend: "Choose one with --pick N, or photograph one.")
    }

    private var noCode: TripError {
        TripError(
            code: "noCode", kind: .data, message: "There is no barcode in this picture.",
            mend: "Go closer, hold the code flat, give it light.")
    }
}
