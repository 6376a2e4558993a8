import Crypto
import Testing
import ToteCarts
import ToteExits
import ToteMessages
import TotePayments
import ToteStore
import ToteValues

@Suite("Settling at the store")
struct SettlementServiceTests {
    @Test("gift card and card: device total, receipt total and money taken are one figure")
    func splitSale() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let planned = try await shop.plan([.giftCard(1000), .card(.rest)])
        #expect(planned.knownState == .authorised)
        #expect(planned.legs.map(\.authorised) == [1000, 1312])
        #expect(try await shop.available("giftCard:gc-1") == 4000)
        let paid = try await shop.capture()
        #expect(paid.knownState == .captured)
        let receipt = try #require(paid.receipt)
        #expect(receipt.receipt.body.totals.total == 2312)
        #expect(paid.captured == 2312)
        #expect(try await shop.sandbox.capturedTotal() + 1000 == 2312)
        #expect(try await shop.available("giftCard:gc-1") == 4000)
        let (_, key) = try shop.keys.current(.receipt, at: shop.clock.now)
        try ReceiptVerification.verify(receipt, key: key.publicKey)
        #expect(receipt.receipt.tenders.map(\.reference) == ["gc-1", "sb-1"])
        #expect(receipt.receipt.tenders[1].last4 == "4242")
        #expect(shop.told.settled == [Hex.encode(receipt.receiptID)])
        #expect(receipt.receipt.sequence == 1)
    }

    @Test("points pay, their own account falls, and the trip's points are added once")
    func points() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        _ = try await shop.plan([.card(.minor(1812)), .points(500)])
        let paid = try await shop.capture()
        #expect(paid.knownState == .captured)
        let account = InternalBalances.pointsAccount(SettlementFixture.ada)
        #expect(try await shop.available(account) == 1200 - 500 + 23)
        let text = try #require(paid.receipt).receipt.json.canonicalText
        #expect(!text.contains(Hex.encode(SettlementFixture.ada)))
        _ = try await shop.capture()
        #expect(try await shop.available(account) == 723)
    }

    @Test("a lost reply to the capture is asked for; the money is taken exactly once")
    func lostCaptureReply() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        _ = try await shop.plan([.card(.rest)])
        shop.sandbox.inject(.dropReply, on: .capture)
        let lost = try await shop.capture()
        #expect(lost.knownState == .unknown)
        #expect(lost.receipt == nil)
        #expect(try await shop.capture().knownState == .unknown)
        shop.clock.pass(seconds: 2)
        let known = try await shop.state()
        #expect(known.knownState == .captured)
        #expect(try await shop.sandbox.capturedTotal() == 2312)
        #expect(shop.told.settled.count == 1)
    }

    @Test(
        "a request that never arrived is sent again under the same key",
        arguments: [
            ProviderOperation.authorise, .capture,
        ])
    func lostRequest(operation: ProviderOperation) async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        shop.sandbox.inject(.dropRequest, on: operation)
        var answer = try await shop.plan([.card(.rest)])
        if operation == .capture { answer = try await shop.capture() }
        #expect(answer.knownState == .unknown)
        shop.clock.pass(seconds: 2)
        #expect(try await shop.service.tick() == 1)
        if operation == .authorise { _ = try await shop.capture() }
        #expect(try await shop.state().knownState == .captured)
        #expect(try await shop.sandbox.capturedTotal() == 2312)
    }

    @Test("a declined card is replaced by another tender")
    func declined() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        shop.sandbox.inject(.declineWith(.insufficientFunds), on: .authorise)
        let declined = try await shop.plan([.giftCard(1000), .card(.rest)])
        #expect(declined.knownState == .partiallyAuthorised)
        #expect(declined.open == 1312)
        #expect(declined.legs[1].declined == "insufficientFunds")
        #expect(declined.actions == ["otherTender", "giveUp"])
        let other = try await shop.add([.newCard(.rest, token: "sb_mastercard_4444")])
        #expect(other.knownState == .authorised)
        let paid = try await shop.capture()
        #expect(paid.captured == 2312)
        #expect(paid.receipt?.receipt.tenders.map(\.leg) == [1, 3])
    }

    @Test("a partial authorisation leaves the rest open; nothing is captured short (BAD-100)")
    func partial() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        shop.sandbox.inject(.partial(5000), on: .authorise)
        let partial = try await shop.plan([.card(.rest)])
        #expect(partial.open == 1156)
        await #expect(throws: Problem.self) { try await shop.capture() }
        _ = try await shop.add([.giftCard(1156)])
        #expect(try await shop.capture().captured == 2312)
    }

    @Test("a capture that is refused for good is compensated by another tender")
    func refusedCapture() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        _ = try await shop.plan([.card(.rest)])
        shop.sandbox.inject(.declineWith(.expired), on: .capture)
        #expect(try await shop.capture().knownState == .compensating)
        let paid = try await shop.add([.giftCard(2312)])
        #expect(paid.knownState == .captured)
        #expect(try await shop.sandbox.capturedTotal() == 0)
        #expect(shop.told.settled.count == 1)
    }

    @Test("giving up frees every tender and opens the cart")
    func giveUp() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        _ = try await shop.plan([.giftCard(1000), .points(200), .card(.rest)])
        #expect(try await shop.available("giftCard:gc-1") == 4000)
        let given = try await shop.giveUp()
        #expect(given.knownState == .voided)
        #expect(try await shop.available("giftCard:gc-1") == 5000)
        #expect(shop.told.reopened == ["voided"])
        await #expect(throws: Problem.self) { try await shop.capture() }
        #expect(try await shop.sandbox.capturedTotal() == 0)
    }

    @Test("a close without a plan can be given up, too")
    func giveUpUnplanned() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        #expect(try await shop.state().knownState == .frozen)
        #expect(try await shop.giveUp().knownState == .voided)
        #expect(shop.told.reopened.count == 1)
    }

    @Test("an authorisation nobody captures runs out, and the cart opens")
    func timer() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        _ = try await shop.plan([.card(.rest)])
        shop.clock.pass(seconds: 901)
        try await shop.service.tick()
        #expect(try await shop.state().knownState == .voided)
        #expect(shop.told.reopened == ["voided"])
    }

    @Test("the shopper is sent to a page and comes back")
    func shopperMustAct() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let asked = try await shop.plan([.newCard(.rest, token: "sb_visa_3220")])
        #expect(asked.knownState == .requiresAction)
        #expect(asked.legs[0].url != nil)
        #expect(try await shop.state().knownState == .requiresAction)
        let key = ProviderKey(
            settlement: asked.settlement, leg: 1, operation: .authorise, attempt: 1)
        try await shop.sandbox.finishPage(of: key, approved: true)
        #expect(try await shop.state().knownState == .authorised)
    }
}

@Suite("What the store refuses to settle")
struct SettlementRefusalTests {
    @Test("another's cart is as unknown as any other")
    func otherCart() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let ben = SettlementFixture.caller(SettlementFixture.ben)
        #expect(await code { try await shop.plan([.card(.rest)], caller: ben) } == "unknownCart")
        _ = try await shop.plan([.card(.rest)])
        let receipt = try #require(try await shop.capture().receipt).receipt
        #expect(
            await code {
                try await shop.service.receipt(sequence: receipt.sequence, caller: ben)
            } == "notFound")
        let own = try await shop.service.receipt(
            sequence: receipt.sequence, caller: SettlementFixture.caller())
        #expect(own.receipt == receipt)
    }

    @Test("tenders that do not add up, or that nobody has, reserve nothing")
    func badPlans() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let plans: [([PlannedTender], String)] = [
            ([.giftCard(2311)], "tenderSumMismatch"), ([], "tenderSumMismatch"),
            ([.giftCard(2312, "gc-9")], "unknownTender"),
            ([.giftCard(2312, "gc-3")], "tenderChanged"),
            ([.points(1201), .card(.rest)], "insufficientPoints"),
            ([.card(.rest, token: "sb_visa_4242_bebebebe")], "notYourTender"),
            ([.newCard(.rest, token: "sb_visa_4242_bebebebe")], "notYourTender"),
            ([.giftCard(1000), .giftCard(1312)], "sameTenderTwice"),
            ([PlannedTender(kind: .unknown("shells"), amount: .rest)], "tenderNotOffered"),
            ([.newCard(.rest, token: "4242424242424242")], "looksLikeCardNumber"),
        ]
        for (tenders, expected) in plans {
            #expect(await code { try await shop.plan(tenders) } == expected)
        }
        #expect(try await shop.available("giftCard:gc-1") == 5000)
        #expect(try await shop.state().knownState == .frozen)
    }

    @Test("a guest pays by gift card or a new card, not with points or a card on file")
    func guest() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let guest = SettlementFixture.caller(nil)
        #expect(
            await code { try await shop.plan([.card(.rest)], caller: guest) } == "notYourTender")
        #expect(
            await code { try await shop.plan([.points(1), .card(.rest)], caller: guest) }
                == "notYourTender")
        let planned = try await shop.plan([.newCard(.rest, token: "sb_visa_1111")], caller: guest)
        #expect(planned.knownState == .authorised)
    }

    @Test("a price that changed after the close is neither authorised nor captured (BAD-099)")
    func staleQuote() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        _ = try await shop.plan([.card(.rest)])
        shop.told.changeQuote()
        #expect(await code { try await shop.capture() } == "quoteStale")
        #expect(try await shop.sandbox.capturedTotal() == 0)
        #expect(try await shop.giveUp().knownState == .voided)
    }

    @Test("a stale price gives the card back and opens the cart at once, planned or not (row 9)")
    func staleQuoteOpens() async throws {
        for isPlanned in [true, false] {
            let shop = try await SettlementFixture()
            defer { shop.remove() }
            if isPlanned { _ = try await shop.plan([.giftCard(100), .card(.rest)]) }
            let before = try await shop.available("giftCard:gc-1")
            shop.told.changeQuote()
            let refused = await code {
                isPlanned ? try await shop.capture() : try await shop.plan([.card(.rest)])
            }
            #expect(refused == "quoteStale")
            #expect(try await shop.state().knownState == .voided)
            #expect(shop.told.reopened.count == 1)
            let after = try await shop.available("giftCard:gc-1")
            #expect((after ?? 0) - (before ?? 0) == (isPlanned ? 100 : 0))
        }
    }

    @Test("the same plan again is answered; another one is a conflict")
    func repeatedPlan() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let first = try await shop.plan([.card(.rest)])
        #expect(try await shop.plan([.card(.rest)]) == first)
        #expect(await code { try await shop.plan([.giftCard(2312)]) } == "conflict")
    }

    @Test("idempotency keys: needed, remembered, bound to their body (BAD-092)")
    func idempotency() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        shop.sandbox.inject(.declineWith(.notAllowed), on: .authorise)
        _ = try await shop.plan([.card(.rest)])
        for key in ["", "short", "has spaces in it!!", String(repeating: "k", count: 65)] {
            #expect(await code { try await shop.add([.giftCard(2312)], key: key) } == "malformed")
        }
        let key = SettlementFixture.newKey()
        let first = try await shop.add([.giftCard(2312)], key: key)
        #expect(try await shop.add([.giftCard(2312)], key: key) == first)
        #expect(
            await code { try await shop.add([.giftCard(2311)], key: key) }
                == "idempotencyConflict")
        let captureKey = SettlementFixture.newKey()
        let paid = try await shop.capture(key: captureKey)
        #expect(try await shop.capture(key: captureKey) == paid)
        #expect(try await shop.capture() == paid)
    }

    @Test("two captures at once take the money once (BAD-096)")
    func captureRace() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        _ = try await shop.plan([.giftCard(1000), .card(.rest)])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try? await shop.capture() } }
        }
        let state = try await shop.state()
        #expect(state.knownState == .captured)
        #expect(try await shop.sandbox.capturedTotal() == 1312)
        #expect(shop.told.settled.count == 1)
    }

    private func code<Value>(_ work: () async throws -> Value) async -> String? {
        do {
            _ = try await work()
            return nil
        } catch { return (error as? Problem)?.code.rawValue }
    }
}
