/// A way to pay (`payments.md` section 2). A kind of a newer build is kept and shown, never chosen.
public enum TenderKind: Hashable, Sendable {
    case cardOnFile, newCard, wallet, payLater, bankDebit, instantBank
    case giftCard, storeCredit, points, depositVoucher
    case restricted, account, cash, tillHandOver, storeAndForward
    case unknown(String)

    /// Every kind this build knows, in the table's neutral order (TEN-3).
    public static let known: [TenderKind] = [
        .cardOnFile, .newCard, .wallet, .payLater, .bankDebit, .instantBank, .giftCard,
        .storeCredit, .points, .depositVoucher, .restricted, .account, .cash, .tillHandOver,
        .storeAndForward,
    ]

    /// The name on the wire, in receipts and at the command line.
    public init(name: String) {
        self = Self.known.first { $0.name == name } ?? .unknown(name)
    }

    /// The name on the wire, in receipts and at the command line.
    public var name: String {
        switch self {
        case .unknown(let name): name
        default: "\(self)"
        }
    }

    /// `nil` for a kind that cannot be a leg of a plan.
    public var tenderClass: TenderClass? {
        switch self {
        case .giftCard, .storeCredit, .points, .depositVoucher, .account: .internalBalance
        case .cardOnFile, .newCard, .wallet, .payLater, .bankDebit, .restricted: .reversible
        case .instantBank: .final
        case .cash: .manual
        case .tillHandOver, .storeAndForward, .unknown: nil
        }
    }

    /// Whether a leg may be authorised for less than planned.
    public var allowsPartial: Bool {
        switch self {
        case .cardOnFile, .newCard, .giftCard, .storeCredit, .points, .restricted, .cash: true
        default: false
        }
    }
}

/// When and how money moves; raw values are the order of authorisation (TEN-1).
public enum TenderClass: Int, Comparable, Sendable {
    /// Reserved and posted in our own ledger.
    case internalBalance = 0
    /// External, and can be voided until captured.
    case reversible = 1
    /// External; the money moves at authorise.
    case final = 2
    /// Counted by hand.
    case manual = 3

    /// Money is taken at authorise and comes back only by a refund (SET-4).
    public var takesMoneyAtOnce: Bool { self == .final || self == .manual }

    public static func < (left: TenderClass, right: TenderClass) -> Bool {
        left.rawValue < right.rawValue
    }
}
