/// How much of the total one tender should pay.
public enum PlannedAmount: Hashable, Sendable {
    /// Minor units, at least 1.
    case minor(Int64)
    /// Whatever the others leave (SPL-1).
    case rest
}

/// One tender as the shopper asks for it.
public struct PlannedTender: Hashable, Sendable {
    public var kind: TenderKind
    public var amount: PlannedAmount
    /// Gift card or account number, or an opaque tender token; never a card number.
    public var source: String?

    public init(kind: TenderKind, amount: PlannedAmount, source: String? = nil) {
        self.kind = kind
        self.amount = amount
        self.source = source
    }
}

/// Turns wishes into the exact, ordered legs of a settlement (TEN-1, TEN-2, SPL-1).
public enum TenderPlan {
    public static let maximumLegs = 20

    /// Legs that sum to `amount`, internal balances first, final tenders last.
    /// A free basket (amount 0) takes no tender at all.
    /// - Throws: `tenderSumMismatch`, `tenderNotOffered`, `sameTenderTwice`, `looksLikeCardNumber`.
    public static func legs(
        _ tenders: [PlannedTender], paying amount: Int64, after used: [Leg] = []
    ) throws(SettlementError) -> [Leg] {
        try checkKinds(tenders, used: used)
        let amounts = try amounts(tenders, paying: amount, used: used.count)
        let order = tenders.indices.sorted { one, other in
            let (first, second) = (tenders[one].kind.rank, tenders[other].kind.rank)
            return first != second ? first < second : one < other
        }
        let last = used.map(\.number).max() ?? 0
        return order.enumerated().map { position, index in
            Leg(
                number: last + position + 1, tender: tenders[index].kind,
                source: tenders[index].source, planned: amounts[index])
        }
    }

    private static func checkKinds(
        _ tenders: [PlannedTender], used: [Leg]
    ) throws(SettlementError) {
        var balances = Set(used.filter(\.isLive).compactMap { balance($0.tender, $0.source) })
        var atOnce = used.count { $0.isLive && $0.takesMoneyAtOnce }
        for tender in tenders {
            guard let kind = tender.kind.tenderClass else {
                throw SettlementError(.tenderNotOffered, tender.kind.name)
            }
            if let source = tender.source, CardNumber.looksLikeOne(source) {
                throw SettlementError(.looksLikeCardNumber, tender.kind.name)
            }
            if let balance = balance(tender.kind, tender.source),
                !balances.insert(balance).inserted
            {
                throw SettlementError(.sameTenderTwice, tender.kind.name)
            }
            atOnce += kind.takesMoneyAtOnce ? 1 : 0
            guard atOnce <= 1 else { throw SettlementError(.sameTenderTwice, tender.kind.name) }
        }
    }

    /// Two legs may be of one kind, but may not draw on one balance (TEN-2).
    private static func balance(_ kind: TenderKind, _ source: String?) -> String? {
        guard kind.tenderClass == .internalBalance else { return nil }
        return "\(kind.name) \(source ?? "")"
    }

    private static func amounts(
        _ tenders: [PlannedTender], paying amount: Int64, used: Int
    ) throws(SettlementError) -> [Int64] {
        let isFree = amount == 0 && tenders.isEmpty
        guard isFree || (1...maximumLegs).contains(tenders.count),
            used + tenders.count <= maximumLegs
        else { throw SettlementError(.tenderSumMismatch, "\(tenders.count) tenders") }
        var left = amount
        var amounts: [Int64] = []
        for (index, tender) in tenders.enumerated() {
            let planned: Int64
            switch tender.amount {
            case .minor(let minor): planned = minor
            case .rest where index == tenders.count - 1: planned = left
            case .rest: throw SettlementError(.tenderSumMismatch, "rest is not last")
            }
            guard planned > 0, planned <= left else {
                throw SettlementError(.tenderSumMismatch, "\(planned) of \(left)")
            }
            left -= planned
            amounts.append(planned)
        }
        guard left == 0 else { throw SettlementError(.tenderSumMismatch, "\(left) open") }
        return amounts
    }
}

extension TenderKind {
    var rank: Int { tenderClass?.rawValue ?? Int.max }
}

/// Card numbers have no type in Tote; a text that looks like one is refused (PAY-5).
public enum CardNumber {
    /// 13–19 digits in a row, at most single spaces or hyphens between, that pass Luhn.
    public static func looksLikeOne(_ text: String) -> Bool {
        var run: [Int] = []
        var previousWasDigit = false
        for byte in Array(text.utf8) + [0] {
            switch byte {
            case 0x30...0x39:
                run.append(Int(byte - 0x30))
                previousWasDigit = true
            case 0x20 where previousWasDigit, 0x2D where previousWasDigit:
                previousWasDigit = false
            default:
                if (13...19).contains(run.count), passesLuhn(run) { return true }
                run = []
                previousWasDigit = false
            }
        }
        return false
    }

    private static func passesLuhn(_ digits: [Int]) -> Bool {
        let sum = digits.reversed().enumerated().reduce(0) { sum, item in
            let doubled = item.offset % 2 == 1 ? item.element * 2 : item.element
            return sum + (doubled > 9 ? doubled - 9 : doubled)
        }
        return sum % 10 == 0
    }
}
