import Tote
import ToteTerminal
import ToteValues

/// The end of a trip at the prompt.
struct ShopCheckout {
    let trip: ShoppingTrip
    let editor: LineEditor

    /// `nil` when the shopper says no.
    func pay(_ words: String) async throws -> PaymentView? {
        let cart = try await trip.cart()
        let plan: [TenderChoice]
        do {
            plan = words.isEmpty ? TenderPlan.usual(cart) : try TenderPlan.parse(words)
        } catch {
            throw TripError(
                code: "badPlan", kind: .usage, message: "That is no plan of tenders.",
                mend: "Type pay, or pay giftCard:1000,cardOnFile:rest (cents).")
        }
        let number = await reference("giftCard", in: plan, "Gift card number: ")
        let card = await reference("newCard", in: plan, "Card token: ")
        let total = "\(cart.currency.code) \(cart.money(cart.totalMinor).text)"
        guard Console.isYes(await answer("Pay \(total) now? [y/N] ")) else {
            Console.words("Nothing was paid.")
            return nil
        }
        let choices = TenderPlan.withReferences(plan, giftCard: number, card: card)
        return try await trip.pay(choices, confirmed: cart.totalMinor)
    }

    private func reference(
        _ kind: String, in plan: [TenderChoice], _ question: String
    ) async -> String? {
        plan.contains { $0.kind == kind } ? await answer(question) : nil
    }

    private func answer(_ question: String) async -> String? {
        guard case .line(let line) = await editor.readLine(prompt: question, remember: false)
        else { return nil }
        return line
    }

    func signIn() async throws {
        SignInText(prompt: try await trip.startSignIn()).show()
        let member = try await trip.finishSignIn()
        Console.words("Welcome, \(MemberText.line(member)).")
    }
}
