import ToteMessages
import ToteSync
import ToteValues

extension TripError {
    static let nothingToPay = TripError(
        code: "cartEmpty", kind: .data, message: "There is nothing to pay.",
        mend: "Scan something first: tote scan")

    static let paymentUnderWay = TripError(
        code: "paymentUnderWay", kind: .data, message: "A payment of this cart is under way.",
        mend: "Go on with it (tote pay --resume), or open the cart again: tote pay --give-up")

    static func waitingForPrice(_ count: Int) -> TripError {
        TripError(
            code: "noPrice", kind: .data,
            message: "\(count) of the scans cannot be sold now.",
            mend: "Remove them by their number in the cart (tote remove N), or ask an associate.")
    }

    static func totalChanged(_ total: Money) -> TripError {
        TripError(
            code: "totalChanged", kind: .data,
            message: "The total is now \(total.text) \(total.currency.code). Nothing was taken.",
            mend: "Look at the cart, then pay again.")
    }

    static func approvalMissing(_ lines: [RestrictedLine]) -> TripError {
        TripError(
            code: "approvalMissing", kind: .data, message: RestrictedLine.sentence(lines),
            mend: "Remove them (tote remove) and pay the rest, or go to an associate.")
    }

    static let passUsed = TripError(
        code: "passUsed", kind: .data, message: "The exit pass has opened a gate already.",
        mend: "If you are still inside, ask an associate.")

    static let noPass = TripError(
        code: "noPass", kind: .data, message: "There is no exit pass: nothing has been paid yet.",
        mend: "Pay first: tote pay")
}

extension ShoppingTrip {
    func tripError(_ error: SyncError) -> TripError {
        switch error.code {
        case .unreachable: .unreachable(client?.connection.host ?? "")
        case .nonsense: .nonsense
        case .unauthorised:
            TripError(
                code: error.code.rawValue, kind: .permission, message: error.message,
                mend: error.mend)
        case .busy:
            TripError(
                code: error.detail, kind: .tryLater, message: error.message, mend: error.mend)
        case .storage:
            TripError(code: error.detail, kind: .io, message: error.message, mend: error.mend)
        case .unknownCart, .moved, .refused:
            TripError(
                code: error.detail, kind: .data, message: error.message, mend: error.mend)
        }
    }
}
