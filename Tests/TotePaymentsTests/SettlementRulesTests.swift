import Testing
import ToteCarts
import TotePayments
import ToteValues

@Suite("Settlement rules")
struct SettlementRulesTests {
    @Test("rows 1, 4, 11, 12: gift card and card are reserved, authorised, captured once")
    func splitSale() throws {
        var drive = try Drive([.giftCard(1000), .card(.rest)])
        #expect(drive.effects == [.reserve(leg: 1)])
        try drive.authorise(1, 1000)
        #expect(drive.call?.operation == .authorise)
        #expect(drive.call?.amount == 1312)
        #expect(drive.call?.key.text == "tote_bbf0681b88dc199ef16cecb920d29f27")
        try drive.authorise(2, 1312)
        #expect(drive.settlement.state == .authorised)
        #expect(drive.settlement.deadline == Sample.now.adding(seconds: 900))
        try drive.capture()
        #expect(drive.settlement.state == .capturing)
        #expect(drive.call?.key.text == "tote_b1b77ea709b2599fd823930ec2a5111d")
        try drive.send(.legCaptured(2, 1312))
        #expect(drive.effects == [.finalise])
        #expect(drive.settlement.state == .captured)
        #expect(drive.settlement.captured == 2312)
        #expect(drive.settlement.revision == 5)
    }

    @Test("row 1: a stale quote begins nothing")
    func staleBegin() throws {
        let drive = Drive()
        let legs = try TenderPlan.legs([.card(.rest)], paying: 2312)
        #expect(drive.refusal(of: .begin(legs, quoteHash: [1])) == .quoteStale)
    }

    @Test("rows 2 and 3: the shopper is asked, comes back, and the status is asked")
    func shopperMustAct() throws {
        var drive = try Drive([.card(.rest)])
        try drive.send(.legNeedsShopper(1, url: "https://bank.example/3ds"))
        #expect(drive.effects == [.tellShopper(url: "https://bank.example/3ds")])
        #expect(drive.settlement.state == .requiresAction)
        #expect(drive.settlement.deadline == Sample.now.adding(seconds: 600))
        try drive.send(.shopperDone)
        guard case .askStatus(let call) = drive.effects.first else {
            Issue.record("no status question")
            return
        }
        #expect(call.operation == .authorise)
        try drive.authorise(1, 2312)
        #expect(drive.settlement.state == .authorised)
    }

    @Test("rows 5 and 6: a decline stops everything; another tender takes its place")
    func declineThenOther() throws {
        var drive = try Drive([.giftCard(1000), .card(.rest)])
        try drive.authorise(1, 1000)
        try drive.send(.legDeclined(2, .insufficientFunds))
        #expect(drive.settlement.state == .partiallyAuthorised)
        #expect(drive.effects == [.tellOpen(1312)])
        let wrong = Leg(number: 3, tender: .cardOnFile, source: "b", planned: 1311)
        #expect(drive.refusal(of: .addLegs([wrong])) == .tenderSumMismatch)
        try drive.add([.card(.rest)])
        #expect(drive.call?.leg == 3)
        try drive.authorise(3, 1312)
        #expect(drive.settlement.state == .authorised)
    }

    @Test("row 5: a partial authorisation leaves the rest open (Example D)")
    func partial() throws {
        var drive = try Drive([.card(.rest)], total: 5000)
        try drive.authorise(1, 3120)
        #expect(drive.settlement.state == .partiallyAuthorised)
        #expect(drive.settlement.open == 1880)
        try drive.add([.giftCard(1880)])
        try drive.authorise(2, 1880)
        try drive.capture()
        #expect(drive.call?.amount == 3120)
    }

    @Test("a partial authorisation below the minimum is voided and counts as a decline (SPL-2)")
    func tooSmallPartial() throws {
        var drive = try Drive([.card(.rest)])
        try drive.authorise(1, 99)
        #expect(drive.call?.operation == .void)
        try drive.send(.legReleased(1))
        #expect(drive.settlement.state == .partiallyAuthorised)
        #expect(drive.settlement.open == 2312)
    }

    @Test("rows 7 and 8: a lost answer is asked for by key, never sent under a new one")
    func unknownThenCaptured() throws {
        var drive = try Drive([.card(.rest)])
        try drive.authorise(1, 2312)
        try drive.capture()
        let key = drive.call?.key
        try drive.send(.noAnswer(1, .capture))
        #expect(drive.settlement.state == .unknown)
        #expect(drive.settlement.deadline == Sample.now.adding(seconds: 2))
        try drive.send(.timer)
        guard case .askStatus(let question) = drive.effects.first else {
            Issue.record("no status question")
            return
        }
        #expect(question.key == key)
        #expect(drive.settlement.deadline == Sample.now.adding(seconds: 4))
        try drive.send(.statusKnown(1, .known(.pending)))
        #expect(drive.settlement.state == .unknown)
        try drive.send(.statusKnown(1, .neverSeen))
        #expect(drive.call?.key == key)
        try drive.send(.noAnswer(1, .capture))
        try drive.send(.statusKnown(1, .known(.captured(2312))))
        #expect(drive.effects == [.finalise])
        #expect(drive.settlement.state == .captured)
    }

    @Test("status questions come after 2, 4, 8 … 60 seconds")
    func statusTimer() throws {
        var drive = try Drive([.card(.rest)])
        try drive.send(.noAnswer(1, .authorise))
        var waits = [drive.settlement.deadline]
        for _ in 0..<6 {
            try drive.send(.timer)
            waits.append(drive.settlement.deadline)
        }
        #expect(waits == [2, 4, 8, 16, 32, 60, 60].map { Sample.now.adding(seconds: $0) })
    }

    @Test(
        "rows 9 and 10: giving up voids the card, frees the gift card and opens the cart",
        arguments: [SettlementEvent.giveUp, .quoteChanged, .timer])
    func giveUp(event: SettlementEvent) throws {
        var drive = try Drive([.giftCard(1000), .card(.rest)])
        try drive.authorise(1, 1000)
        try drive.authorise(2, 1312)
        try drive.send(event)
        #expect(drive.settlement.state == .voiding)
        #expect(drive.call?.operation == .void)
        try drive.send(.legReleased(2))
        #expect(drive.effects == [.release(leg: 1)])
        try drive.send(.legReleased(1))
        #expect(drive.effects == [.reopen])
        #expect(drive.settlement.state == .voided)
    }

    @Test("a void that is refused is tried again under the next key, after a while")
    func refusedVoid() throws {
        var drive = try Drive([.card(.rest)])
        try drive.authorise(1, 2312)
        try drive.send(.giveUp)
        let first = drive.call?.key
        try drive.send(.releaseRefused(1, .unknown))
        #expect(drive.effects.isEmpty)
        #expect(drive.settlement.deadline != nil)
        try drive.send(.timer)
        #expect(drive.call?.operation == .void)
        #expect(drive.call?.key != first)
    }

    @Test("row 11: neither a stale quote nor an expired authorisation is captured")
    func staleCapture() throws {
        var drive = try Drive([.card(.rest)])
        let end = Sample.now.adding(seconds: 60)
        try drive.send(
            .legAuthorised(1, Authorisation(amount: 2312, reference: "sb", expiresAt: end)))
        #expect(drive.refusal(of: .capture(quoteHash: [1])) == .quoteStale)
        drive.now = end
        #expect(drive.refusal(of: .capture(quoteHash: Sample.quoteHash)) == .authorisationExpired)
    }

    @Test("rows 13 and 14: a refused capture asks for another tender, then all is captured")
    func compensate() throws {
        var drive = try refusedSecondCapture()
        #expect(drive.settlement.state == .compensating)
        #expect(drive.effects == [.tellOpen(1312)])
        try drive.add([.card(.rest)])
        try drive.authorise(3, 1312)
        #expect(drive.call?.operation == .capture)
        try drive.send(.legCaptured(3, 1312))
        #expect(drive.effects == [.finalise])
        #expect(drive.settlement.captured == 2312)
    }

    @Test("an answer lost while compensating is asked for like any other")
    func unknownWhileCompensating() throws {
        var drive = try refusedSecondCapture()
        try drive.add([.card(.rest)])
        try drive.send(.noAnswer(3, .authorise))
        #expect(drive.settlement.state == .unknown)
        try drive.send(.statusKnown(3, .known(.declined(.expired))))
        #expect(drive.settlement.state == .compensating)
        #expect(drive.settlement.open == 1312)
    }

    @Test(
        "row 15: giving up after a capture refunds it", arguments: [SettlementEvent.giveUp, .timer])
    func giveUpAfterCapture(event: SettlementEvent) throws {
        var drive = try refusedSecondCapture()
        try drive.send(event)
        #expect(drive.call?.operation == .refund)
        #expect(drive.call?.amount == 1000)
        try drive.send(.legReleased(1))
        #expect(drive.settlement.state == .voided)
        #expect(drive.settlement.captured == 0)
    }

    @Test("a bank transfer takes the money at authorise, so capture follows at once (SET-4)")
    func finalTender() throws {
        var drive = try Drive([.card(.minor(1000)), .bank(.rest)])
        try drive.authorise(1, 1000)
        try drive.authorise(2, 1312)
        #expect(drive.settlement.state == .capturing)
        #expect(drive.call?.leg == 1)
        #expect(drive.refusal(of: .giveUp) == .illegalTransition)
        try drive.send(.legCaptured(1, 1000))
        #expect(drive.settlement.state == .captured)
    }

    @Test("no goods leave on a short capture, and more than authorised is refused (SPL-3)")
    func shortCapture() throws {
        var drive = try Drive([.card(.rest)])
        try drive.authorise(1, 2312)
        try drive.capture()
        #expect(drive.refusal(of: .legCaptured(1, 2313)) == .amount)
        #expect(drive.refusal(of: .legCaptured(1, 0)) == .amount)
        try drive.send(.legCaptured(1, 2000))
        #expect(drive.settlement.state == .compensating)
        #expect(drive.effects == [.tellOpen(312)])
    }

    @Test("gift cards alone are captured without a provider; so is a free basket")
    func internalOnly() throws {
        var drive = try Drive([.giftCard(2312)])
        try drive.authorise(1, 2312)
        try drive.capture()
        #expect(drive.effects == [.finalise])
        var free = try Drive([], total: 0)
        #expect(free.settlement.state == .authorised)
        try free.capture()
        #expect(free.effects == [.finalise])
    }

    @Test("an answer that comes twice or after the end changes nothing")
    func lateAnswers() throws {
        var drive = try Drive([.card(.rest)])
        try drive.authorise(1, 2312)
        let again = Authorisation(amount: 2312, reference: "x")
        #expect(drive.refusal(of: .legAuthorised(1, again)) == .illegalTransition)
        try drive.capture()
        try drive.send(.legCaptured(1, 2312))
        #expect(drive.refusal(of: .legCaptured(1, 2312)) == .illegalTransition)
        #expect(drive.refusal(of: .giveUp) == .illegalTransition)
    }

    private func refusedSecondCapture() throws -> Drive {
        let other = PlannedTender(kind: .newCard, amount: .rest, source: "tok2")
        var drive = try Drive([.card(.minor(1000)), other])
        try drive.authorise(1, 1000)
        try drive.authorise(2, 1312)
        try drive.capture()
        try drive.send(.legCaptured(1, 1000))
        try drive.send(.captureRefused(2, .expired))
        return drive
    }
}
