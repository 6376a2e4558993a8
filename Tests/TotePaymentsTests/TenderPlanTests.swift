import Testing
import ToteCarts
import TotePayments
import ToteValues

@Suite("Plans of tenders")
struct TenderPlanTests {
    @Test("settlement and provider keys are those of IDM-5")
    func workedKeys() {
        let settlement = LogHashing.settlement(Sample.cart, ordinal: 1)
        #expect(settlement.text == "5c5660835b9b966bbebd3bd2931c6dd8")
        func key(_ operation: ProviderOperation, _ attempt: Int) -> String {
            ProviderKey(settlement: settlement, leg: 2, operation: operation, attempt: attempt).text
        }
        #expect(key(.authorise, 1) == "tote_bbf0681b88dc199ef16cecb920d29f27")
        #expect(key(.capture, 1) == "tote_b1b77ea709b2599fd823930ec2a5111d")
        #expect(key(.authorise, 2) == "tote_ba08f728ebfe5e25ae34c747707e8623")
    }

    @Test("internal balances go first and final tenders last, whatever was asked (TEN-1)")
    func order() throws {
        let legs = try TenderPlan.legs(
            [.bank(.minor(300)), .card(.minor(1000)), .giftCard(1000), .giftCard(12, "gc-2")],
            paying: 2312)
        #expect(legs.map(\.tender) == [.giftCard, .giftCard, .cardOnFile, .instantBank])
        #expect(legs.map(\.number) == [1, 2, 3, 4])
        #expect(legs.map(\.planned) == [1000, 12, 1000, 300])
    }

    @Test("rest pays what is left, once and last (SPL-1)")
    func rest() throws {
        let legs = try TenderPlan.legs([.giftCard(1000), .card(.rest)], paying: 2312)
        #expect(legs.map(\.planned) == [1000, 1312])
        #expect(code([.card(.rest), .giftCard(1000)]) == .tenderSumMismatch)
        #expect(code([.giftCard(2312), .card(.rest)]) == .tenderSumMismatch)
    }

    @Test("sums that are one off, no tender, 21 tenders, 0 and negative are refused (BAD-040)")
    func sums() {
        #expect(code([.card(.minor(2311))]) == .tenderSumMismatch)
        #expect(code([.card(.minor(2313))]) == .tenderSumMismatch)
        #expect(code([]) == .tenderSumMismatch)
        #expect(code((1...21).map { .giftCard(1, "gc-\($0)") }) == .tenderSumMismatch)
        #expect(code([.giftCard(0), .card(.rest)]) == .tenderSumMismatch)
        #expect(code([.giftCard(-1), .card(.rest)]) == .tenderSumMismatch)
        #expect(code([.giftCard(.max), .giftCard(.max, "b")]) == .tenderSumMismatch)
    }

    @Test("one balance twice, two final tenders and kinds nobody may choose are refused")
    func kinds() {
        #expect(code([.giftCard(1000), .giftCard(1312)]) == .sameTenderTwice)
        #expect(code([.bank(.minor(12)), .bank(.rest)]) == .sameTenderTwice)
        for name in ["tillHandOver", "storeAndForward", "seashells"] {
            let tender = PlannedTender(kind: TenderKind(name: name), amount: .rest)
            #expect(code([tender]) == .tenderNotOffered)
        }
    }

    @Test("a text that looks like a card number is refused (PAY-5)")
    func cardNumbers() {
        #expect(CardNumber.looksLikeOne("4242424242424242"))
        #expect(CardNumber.looksLikeOne("my card 4242 4242-4242 4242!"))
        #expect(!CardNumber.looksLikeOne("4242424242424241"))
        #expect(!CardNumber.looksLikeOne("gc-1"))
        let tender = PlannedTender(kind: .cardOnFile, amount: .rest, source: "4242424242424242")
        #expect(code([tender]) == .looksLikeCardNumber)
    }

    @Test("a free basket needs no tender and takes none")
    func free() throws {
        #expect(try TenderPlan.legs([], paying: 0).isEmpty)
        #expect(throws: SettlementError.self) { try TenderPlan.legs([.card(.rest)], paying: 0) }
    }

    @Test("every known kind keeps its name; a newer one is kept as it came")
    func names() {
        for kind in TenderKind.known { #expect(TenderKind(name: kind.name) == kind) }
        #expect(TenderKind(name: "seashells") == .unknown("seashells"))
    }

    private func code(_ tenders: [PlannedTender]) -> SettlementError.Code? {
        do {
            _ = try TenderPlan.legs(tenders, paying: 2312)
            return nil
        } catch { return error.code }
    }
}
