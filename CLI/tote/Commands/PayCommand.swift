import ArgumentParser
import Tote
import ToteTerminal
import ToteValues

struct PayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pay", abstract: "Pay the cart.",
        discussion: """
            Example: tote pay --split giftCard:1000,cardOnFile:rest --gift-card gc-1

            Shows the total and asks; without a terminal --yes is needed. Amounts of --split are \
            minor units (cents); rest stands once and last; without --split a member's card on \
            file pays all, and for a guest the card of --card.

            After a crash or a lost answer, tote pay --resume asks the store how it ended; nothing \
            is charged twice. tote pay --give-up opens the cart again where nothing was taken.

            --json prints {"state", "ordinal", "currency", "total", "captured", "open", "legs": \
            [{"number", "kind", "state", "planned", "captured", "declined"}], "receipt"}.
            """)

    @Option(
        name: .long, help: ArgumentHelp("KIND:CENTS,…,KIND:rest", valueName: "plan"),
        transform: TenderPlan.parse)
    var split: [TenderChoice]?

    @Option(name: .long, help: ArgumentHelp("Number of the gift card.", valueName: "number"))
    var giftCard: String?

    @Option(name: .long, help: ArgumentHelp("Token of the card.", valueName: "token"))
    var card: String?

    @Flag(name: .long, help: "Take up a payment that was interrupted.")
    var resume = false

    @Flag(name: .long, help: "Open the cart again where nothing was taken.")
    var giveUp = false

    @Flag(name: .long, help: "Pay without asking.")
    var yes = false

    @OptionGroup var options: TripOptions

    func validate() throws {
        if resume && giveUp { throw ValidationError("Either --resume or --give-up.") }
        if resume && split != nil {
            throw ValidationError("--resume goes on with the plan of before: leave --split out.")
        }
        if giftCard != nil && split?.contains(where: { $0.kind == "giftCard" }) != true {
            throw ValidationError("--gift-card needs its amount: --split giftCard:CENTS,….")
        }
    }

    func run() async throws {
        let trip = try await options.openPrepared()
        let payment =
            giveUp
            ? try await trip.giveUpPayment()
            : resume ? try await resumed(trip: trip) : try await pay(trip: trip)
        if options.json {
            try Console.data(payment.json)
        } else {
            try Console.data(PaymentText.text(payment))
        }
        if !giveUp { try PaymentText.refuseUnpaid(payment) }
    }

    private func resumed(trip: ShoppingTrip) async throws -> PaymentView {
        guard let payment = try await trip.resumePayment() else {
            throw TripError(
                code: "nothingToResume", kind: .data, message: "No payment was interrupted.",
                mend: "Pay with tote pay.")
        }
        return payment
    }

    private func pay(trip: ShoppingTrip) async throws -> PaymentView {
        let cart = try await trip.cart()
        let plan = TenderPlan.withReferences(
            split ?? TenderPlan.usual(cart), giftCard: giftCard, card: card)
        guard !plan.contains(where: { $0.kind == "newCard" && $0.reference == nil }) else {
            throw TripError(
                code: "cardNeeded", kind: .usage, message: "A guest's card has to be named.",
                mend: "Add --card TOKEN, or sign in to use the card on file: tote login")
        }
        if !yes { try confirm(cart) }
        return try await trip.pay(plan, confirmed: cart.totalMinor)
    }

    private func confirm(_ cart: CartView) throws {
        guard Console.isInteractive else {
            throw TripError(
                code: "confirmationNeeded", kind: .usage,
                message: "Paying needs your yes, and this is no terminal.", mend: "Add --yes.")
        }
        Console.words(Console.total(of: cart))
        guard Console.ask("Pay now?") else {
            throw TripError(
                code: "notConfirmed", kind: .data, message: "Nothing was paid.",
                mend: "The cart is as it was.")
        }
    }
}
