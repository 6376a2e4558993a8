import Testing
import ToteCarts
import ToteValues

/// The merge table of `cart-sync.md` section 2.1, row by row.
@Suite("Merge table")
struct MergeTableTests {
    let a1 = CartFixture.dot(CartFixture.a, 1)
    let a2 = CartFixture.dot(CartFixture.a, 2)
    let b1 = CartFixture.dot(CartFixture.b, 1)
    let b2 = CartFixture.dot(CartFixture.b, 2)
    let c1 = CartFixture.dot(CartFixture.c, 1)

    @Test("row 1: two scans of one code both count")
    func bothCount() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan())
        store.push(b1, CartFixture.scan())
        #expect(store.cart.liveUnits == 2)
    }

    @Test("row 2: a clear does not touch a scan it has not seen")
    func unseenLives() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan())
        store.push(a2, CartFixture.scan())
        store.push(b1, CartFixture.void((a1, 1)))
        #expect(store.cart.liveDots.map(\.dot) == [a2])
    }

    @Test("row 3: the second removal of one unit is superseded")
    func removedOnce() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan())
        #expect(store.push(b1, CartFixture.void((a1, 1))).disposition == .applied)
        #expect(store.push(c1, CartFixture.void((a1, 1))).disposition == .superseded)
        #expect(store.cart.liveUnits == 0)
        #expect(store.cart.dots[a1]?.voided == 1)
    }

    @Test("row 4: two removals of one unit each take two of twelve")
    func twoOfTwelve() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan(12))
        store.push(b1, CartFixture.void((a1, 1)))
        store.push(c1, CartFixture.void((a1, 1)))
        #expect(store.cart.liveUnits == 10)
    }

    @Test("row 5: a removal takes what remains and says how much")
    func whatRemains() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan(2))
        let verdict = store.push(b1, CartFixture.void((a1, 3)))
        #expect(verdict.disposition == .superseded)
        #expect(verdict.removed == [DotUnits(dot: a1, units: 2)])
        #expect(store.cart.liveUnits == 0)
    }

    @Test("row 6: a removal before its scan leaves a tombstone, and the scan is born dead")
    func tombstone() {
        var store = TinyStore()
        #expect(store.push(b1, CartFixture.void((a1, 1))).disposition == .tombstone)
        #expect(store.push(a1, CartFixture.scan(3)).disposition == .bornDead)
        #expect(store.cart.liveUnits == 2)
    }

    @Test("row 7: an associate's removal stands; the shopper can only scan again")
    func associate() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan())
        store.push(c1, CartFixture.void((a1, 1)), role: .associate)
        store.push(a2, CartFixture.scan())
        #expect(store.cart.liveDots.map(\.dot) == [a2])
        #expect(store.log[1].role == .associate)
    }

    @Test("row 9: what comes while closing waits, and counts after a reopening")
    func parkedThenReopened() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan(3))
        store.close()
        #expect(store.push(a2, CartFixture.scan()).disposition == .parked)
        #expect(store.push(b1, CartFixture.void((a1, 1))).disposition == .parked)
        #expect(store.cart.dots[a1]?.frozen == 3)
        store.own(.reopened(ordinal: 1, reason: "declined"))
        #expect(store.cart.state == .open)
        #expect(store.cart.liveUnits == 3)
        #expect(store.cart.closing == nil)
    }

    @Test("rows 9 to 12: after payment parked scans are carried, parked voids ask for refunds")
    func parkedThenPaid() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan(3))
        store.close()
        store.push(a2, CartFixture.scan(2))
        store.push(b1, CartFixture.void((a1, 1)))
        store.settle()
        #expect(store.cart.state == .paid)
        #expect(store.cart.dots[a1]?.paid == 3)
        #expect(store.cart.dots[a1]?.refundRequested == 1)
        #expect(store.cart.dots[a2]?.carried == 2)
        #expect(store.cart.liveUnits == 0)
    }

    @Test("row 10: a scan after payment lives in the carry-over cart")
    func carried() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan())
        store.close()
        store.settle()
        #expect(store.push(a2, CartFixture.scan(2)).disposition == .carried)
        #expect(store.cart.dots[a2]?.carried == 2)
        #expect(store.cart.carryOver == LogHashing.carryOver(CartFixture.cart, ordinal: 1))
        #expect(store.push(b2, CartFixture.void((a2, 1))).disposition == .carried)
    }

    @Test("row 11, worked example 5: late voids ask back what was paid, and no more")
    func lateVoids() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan(3))
        store.close()
        store.settle()
        let first = store.push(b1, CartFixture.void((a1, 1)))
        #expect(first.removed == [DotUnits(dot: a1, units: 1)])
        let second = store.push(c1, CartFixture.void((a1, 3)))
        #expect(second.disposition == .refundRequested)
        #expect(second.removed == [DotUnits(dot: a1, units: 2)])
        #expect(store.push(b2, CartFixture.void((a1, 1))).disposition == .superseded)
        #expect(store.cart.dots[a1]?.refundRequested == 3)
        #expect(store.cart.dots[a1]?.paid == 3)
    }

    @Test("row 18: a partial close freezes its dots, and the rest is carried")
    func partialClose() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan())
        store.push(a2, CartFixture.scan(4))
        store.close(only: [a1])
        #expect(store.cart.frozenDots.map(\.dot) == [a1])
        store.settle()
        #expect(store.cart.dots[a1]?.paid == 1)
        #expect(store.cart.dots[a2]?.carried == 4)
    }

    @Test("row 19: an unclip removes only the clip it names, in either order")
    func clips() {
        var store = TinyStore()
        store.push(a1, .clip(key: "milk"))
        #expect(store.push(b1, .clip(key: "milk")).disposition == .superseded)
        store.push(a2, .unclip(a1))
        #expect(store.cart.clippedKeys == ["milk"])
        #expect(store.push(c1, .unclip(b2)).disposition == .tombstone)
        #expect(store.push(b2, .clip(key: "milk")).disposition == .bornDead)
        #expect(store.cart.clips.count == 1)
    }

    @Test("row 20: the first attach wins")
    func attach() {
        var store = TinyStore()
        #expect(store.push(a1, .attach).refusal == .notAllowed)
        #expect(store.push(a2, .attach, member: "m1").disposition == .applied)
        store.cart.member = "m1"
        #expect(store.push(b1, .attach, member: "m2").refusal == .otherMember)
        #expect(store.push(b2, .attach, member: "m1").disposition == .superseded)
        #expect(store.cart.attachedBy == a2)
    }

    @Test("a shopper writes no price, hold, release or settlement")
    func authority() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan())
        let forbidden: [CartOperationBody] = [
            .release(a1), .price(dots: [a1], book: 1), .reject(dot: a1, reason: "x"),
            .attr(dot: a1, key: "price", value: "0"), .reopened(ordinal: 1, reason: "x"),
            .hold(dot: a1, reason: "x"), .unknown(kind: "wave", .object([])),
        ]
        for (index, body) in forbidden.enumerated() {
            let verdict = store.push(CartFixture.dot(CartFixture.b, UInt64(index + 1)), body)
            #expect(verdict.disposition == .rejected, "\(body.kind)")
        }
        #expect(store.cart.liveUnits == 1)
    }

    @Test("a hold blocks until it is released or the scan is removed")
    func holds() {
        var store = TinyStore()
        store.push(a1, CartFixture.scan())
        store.own(.hold(dot: a1, reason: "age"))
        #expect(store.cart.holds == [a1])
        store.push(c1, .release(a1), role: .associate)
        #expect(store.cart.holds.isEmpty)
        store.own(.hold(dot: a1, reason: "recall"))
        store.push(b1, CartFixture.void((a1, 1)))
        #expect(store.cart.holds.isEmpty)
    }

    @Test("a cart takes 2,000 units and then says that it is full")
    func full() {
        var store = TinyStore()
        for sequence in UInt64(1)...2 {
            store.push(CartFixture.dot(CartFixture.a, sequence), CartFixture.scan(999))
        }
        #expect(store.push(b1, CartFixture.scan(3)).refusal == .cartFull)
        #expect(store.push(b2, CartFixture.scan(2)).disposition == .applied)
        #expect(store.cart.liveUnits == 2000)
    }
}
