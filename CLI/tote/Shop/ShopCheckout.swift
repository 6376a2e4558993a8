import Tote
import ToteTerminal
import ToteValues

/// The end of a trip at the prompt.
struct ShopCheckout {
    let trip: ShoppingTrip

    /// `nil` when the shopper says no.
    func pay(_ words: String) async throws -> PaymentView? {
        let plan: [TenderChoice]
        do {
            plan = words.isEmpty ? TenderPlan.cardOnly : try TenderPlan.parse(words)
        } catch {
            throw TripError(
                code: "badPlan", kind: .usage, message: "That is no plan of tenders.",
                mend: "Type pay, or pay giftCard:1000,cardOnFile:rest (cents).")
        }
        let cart = try await trip.cart()
        let needsNumber = plan.contains { $0.kind == "giftCard" }
        let number = needsNumber ? Console.answer("Gift card number: ") : nil
        guard Console.ask("Pay \(cart.currency.code) \(cart.money(cart.totalMinor).text) now?")
        else {
            Console.words("Nothing was paid.")
            return nil
        }
        let choices = TenderPlan.withReferences(plan, giftCard: number, card: nil)
        return try await trip.pay(choices, confirmed: cart.totalMinor)
    }

    func signIn() async throws {
        SignInText(prompt: try await trip.startSignIn()).show()
        let member = try await trip.finishSignIn()
        Console.words("Welcome, \(MemberText.line(member)).")
    }
}
