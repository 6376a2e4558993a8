import Crypto
import ToteCarts
import TotePayments
import ToteValues

/// The values of `payments.md` IDM-5, Example A and RCP-6.
enum Sample {
    static let cart = CartID(
        Bytes16(high: 0x0199_c0de_7a5b_7c3d, low: 0x8e1f_2031_4253_647a))
    static let now = Moment(unixSeconds: 1_795_284_000)
    static let quoteHash = [UInt8](repeating: 7, count: 32)

    static func frozen(total: Int64 = 2312) -> FrozenCart {
        let cursor = Cursor(
            epoch: Epoch(1), revision: 3, hash: LogHash(Bytes16(high: 0, low: 1)))
        return FrozenCart(
            cart: cart, ordinal: 1, cursor: cursor, dots: [], totalMinor: total, currency: .euro,
            at: now, quoteHash: quoteHash, book: 812, engine: "1.0.0")
    }

    static func receiptKey() throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 0x22, count: 32))
    }

    static let receiptText = [
        #"{"basket":"145d96996e0a342c","cart":"0199c0de-7a5b-7c3d-8e1f-20314253647a","#,
        #""currency":"EUR","engine":"1.0.0","exponent":2,"fiscal":null,"#,
        #""issuedAt":"2026-11-21T18:00:00Z","key":5,"lines":[{"article":"04012345000016","#,
        #""deposit":0,"discount":0,"gross":1290,"line":1,"name":"Coffee beans 500 g","#,
        #""net":1290,"offers":[],"pieces":1,"taxCategory":"food","unitNets":[[1290,1]],"#,
        #""weightGrams":0},{"article":"04012345000023","deposit":25,"discount":150,"#,
        #""gross":999,"line":2,"name":"Red wine 0.75 l","net":849,"#,
        #""offers":[{"discount":150,"offer":"wine-150"}],"pieces":1,"taxCategory":"std","#,
        #""unitNets":[[849,1]],"weightGrams":0},{"article":"plu:4011","deposit":0,"#,
        #""discount":0,"gross":148,"line":3,"name":"Bananas","net":148,"offers":[],"#,
        #""pieces":1,"taxCategory":"food","unitNets":[[148,1]],"weightGrams":742}],"#,
        #""ordinal":1,"#,
        #""previous":"0000000000000000000000000000000000000000000000000000000000000000","#,
        #""priceBook":812,"purpose":"receipt","sequence":1,"#,
        #""setHash":"d3b9a804fa3d0d41d55b08ea21d6301b","#,
        #""settlement":"5c5660835b9b966bbebd3bd2931c6dd8","store":42,"#,
        #""taxMode":"inclusive","taxes":[{"basisPoints":700,"category":"food","gross":1438,"#,
        #""net":1344,"tax":94},{"basisPoints":1900,"category":"std","gross":849,"net":713,"#,
        #""tax":136}],"tenders":[{"amount":1000,"kind":"giftCard","leg":1,"#,
        #""reference":"gc-1"},{"amount":1312,"brand":"visa","kind":"cardOnFile","#,
        #""last4":"4242","leg":2,"reference":"sb-1"}],"totals":{"cashRounding":0,"#,
        #""deposit":25,"discount":150,"gross":2437,"tax":230,"total":2312},"version":1}"#,
    ].joined()

    static func receipt() throws -> Receipt {
        try Receipt(json: JSONField(StrictJSON.parse(Array(receiptText.utf8))))
    }

    static func signed() throws -> SignedReceipt {
        try SignedReceipt(signing: receipt(), with: receiptKey())
    }
}

/// A settlement driven event by event.
struct Drive {
    var settlement: Settlement
    var effects: [SettlementEffect] = []
    var now = Sample.now

    init(total: Int64 = 2312) { settlement = Settlement(frozen: Sample.frozen(total: total)) }

    /// Begun with these tenders, in this order of wishes.
    init(_ tenders: [PlannedTender], total: Int64 = 2312) throws {
        self.init(total: total)
        let legs = try TenderPlan.legs(tenders, paying: total)
        try send(.begin(legs, quoteHash: Sample.quoteHash))
    }

    mutating func send(_ event: SettlementEvent) throws(SettlementError) {
        effects = try SettlementRules.apply(event, to: &settlement, now: now)
    }

    /// The provider call that is asked for, if that is the one effect.
    var call: ProviderCall? {
        guard case .call(let call) = effects.first, effects.count == 1 else { return nil }
        return call
    }

    mutating func authorise(_ leg: Int, _ amount: Int64) throws {
        try send(.legAuthorised(leg, Authorisation(amount: amount, reference: "sb-\(leg)")))
    }

    mutating func capture() throws { try send(.capture(quoteHash: Sample.quoteHash)) }

    /// Plans more tenders for what is open.
    mutating func add(_ tenders: [PlannedTender]) throws {
        let legs = try TenderPlan.legs(
            tenders, paying: settlement.open, after: settlement.legs)
        try send(.addLegs(legs))
    }

    /// The code of the error that an event meets; the settlement must not have changed.
    func refusal(of event: SettlementEvent) -> SettlementError.Code? {
        var copy = self
        do {
            try copy.send(event)
            return nil
        } catch {
            return copy.settlement == settlement ? error.code : nil
        }
    }
}

extension PlannedTender {
    static func card(_ amount: PlannedAmount) -> PlannedTender {
        PlannedTender(kind: .cardOnFile, amount: amount, source: "tok")
    }

    static func giftCard(_ minor: Int64, _ number: String = "gc-1") -> PlannedTender {
        PlannedTender(kind: .giftCard, amount: .minor(minor), source: number)
    }

    static func bank(_ amount: PlannedAmount) -> PlannedTender {
        PlannedTender(kind: .instantBank, amount: amount, source: "bank")
    }
}
