import Testing
import ToteCarts
import ToteValues

/// The worked examples of `cart-sync.md` section 12, byte for byte.
@Suite("Hashes of the cart log")
struct LogHashingTests {
    let first = CartFixture.dot(CartFixture.a, 1)

    var operations: [CartOperation] {
        [
            CartOperation(dot: first, body: CartFixture.scan(2)),
            CartOperation(
                dot: CartFixture.dot(CartFixture.a, 2), body: CartFixture.void((first, 1))),
        ]
    }

    @Test("the chain of worked example 1")
    func chain() {
        #expect(
            operations[0].bodyJSON.canonicalText
                == #"{"scan":{"at":"2026-11-21T10:15:00Z","book":812,"code":"4006381333931","#
                + #""shown":199,"symbology":"ean13","units":2}}"#)
        #expect(
            operations.map(\.hash.text) == [
                "b47a2c92c284f0613b9bb9fb35c442d7", "82ba77c28a17af9ecc234f8170cb9192",
            ])
        var cart = Cart(id: CartFixture.cart)
        #expect(cart.hash.text == "f8633dcb6d93874560b26ab197ca289d")
        CartRules.apply(entry(1, lock: 812), to: &cart)
        #expect(cart.hash.text == "db744fb6b7ab5a1849dd8e4c66c635e6")
        CartRules.apply(entry(2, lock: 0), to: &cart)
        #expect(cart.hash.text == "f27b4b35397a8e692151153609d9be2a")
        #expect(cart.liveUnits == 1)
        #expect(cart.revision == 2)
    }

    @Test("the close of worked example 2")
    func close() {
        #expect(
            LogHashing.set([DotUnits(dot: first, units: 1)]).text
                == "0340161f846261649806b8a1308cfef2")
        #expect(
            LogHashing.settlement(CartFixture.cart, ordinal: 1).text
                == "2138dbdc1a96e932244511070ae9a941")
        #expect(
            LogHashing.carryOver(CartFixture.cart, ordinal: 1).text
                == "3c8d4073-ac5d-89bd-bf5b-393a4fec74d0")
    }

    @Test("a set has one hash in whatever order it is given")
    func setOrder() {
        let dots = (1...5).map { DotUnits(dot: CartFixture.dot(CartFixture.b, $0), units: 1) }
        #expect(LogHashing.set(dots) == LogHashing.set(dots.reversed()))
    }

    private func entry(_ revision: Int64, lock: BookVersion) -> LogEntry {
        LogEntry(
            revision: revision, operation: operations[Int(revision) - 1], disposition: .applied,
            role: .shopper, priceLock: lock)
    }
}
