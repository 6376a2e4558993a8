import Testing
import ToteCarts
import ToteValues

@Suite("Laws of the fold")
struct CartRulesPropertyTests {
    struct Places: Hashable {
        let dot: Dot
        let live: Int
        let voided: Int
    }

    @Test("any order of scans and voids gives the same places (SYNC-80)", arguments: 0..<200)
    func permutation(seed: UInt64) {
        var random = SeededChance(seed: seed)
        let operations = randomOperations(&random)
        let expected = places(operations)
        for _ in 0..<5 { #expect(places(operations.shuffled(using: &random)) == expected) }
    }

    @Test("no unit is in two places, whatever happens (SYNC-I2)", arguments: 0..<200)
    func onePlace(seed: UInt64) {
        var random = SeededChance(seed: seed)
        var store = TinyStore()
        for operation in randomOperations(&random) {
            store.push(operation.dot, operation.body)
            switch Int.random(in: 0..<12, using: &random) {
            case 0 where store.cart.state == .open && store.cart.liveUnits > 0: store.close()
            case 1 where store.cart.state == .closing:
                store.own(.reopened(ordinal: store.cart.ordinal, reason: "declined"))
            case 2 where store.cart.state == .closing: store.settle()
            default: break
            }
            for (dot, state) in store.cart.dots where state.scan != nil {
                let sum = state.live + state.voided + state.frozen + state.paid + state.carried
                #expect(sum + state.rejected == state.units, "\(dot)")
                #expect(state.refundRequested <= state.paid)
            }
        }
        var again = Cart(id: CartFixture.cart)
        for entry in store.log { CartRules.apply(entry, to: &again) }
        #expect(again == store.cart)
    }

    @Test("after Set N the line has N units (SYNC-14)", arguments: 0..<200)
    func setLaw(seed: UInt64) throws {
        var random = SeededChance(seed: seed)
        var store = TinyStore()
        for operation in randomOperations(&random) { store.push(operation.dot, operation.body) }
        let line = store.cart.order
        let wanted = Int.random(in: 0...20, using: &random)
        let bodies = try CartRules.compile(
            .set(line: line, to: wanted, again: CartFixture.scanBody()), view: store.cart,
            own: CartFixture.a.device)
        for (index, body) in bodies.enumerated() {
            if case .void(let targets, _) = body {
                #expect(targets.allSatisfy { store.cart.dots[$0.dot] != nil })
            }
            store.push(CartFixture.dot(CartFixture.a, UInt64(100 + index)), body)
        }
        #expect(store.cart.liveUnits == wanted)
    }

    @Test("a clear names every observed dot, 200 at a time")
    func clear() throws {
        var store = TinyStore()
        for sequence in 1...450 {
            store.push(CartFixture.dot(CartFixture.a, UInt64(sequence)), CartFixture.scan())
        }
        let bodies = try CartRules.compile(
            .clear, view: store.cart, own: CartFixture.a.device)
        let counts = bodies.map { body -> Int in
            if case .void(let targets, _) = body { targets.count } else { 0 }
        }
        #expect(counts == [200, 200, 50])
    }

    @Test("worked example 3: clear against scan, set 3, minus one")
    func clearAgainstScan() throws {
        let dots = (1...4).map { CartFixture.dot(CartFixture.a, $0) }
        var store = TinyStore()
        store.push(dots[0], CartFixture.scan())
        store.push(dots[1], CartFixture.scan())
        let view = store.cart
        let clear = try CartRules.compile(.clear, view: view, own: CartFixture.b.device)
        store.push(dots[2], CartFixture.scan())
        for body in clear { store.push(CartFixture.dot(CartFixture.b, 1), body) }
        #expect(store.cart.liveDots.map(\.dot) == [dots[2]])
        let set = try CartRules.compile(
            .set(line: dots, to: 3, again: CartFixture.scanBody()), view: store.cart,
            own: CartFixture.a.device)
        #expect(set == [CartFixture.scan(2)])
        store.push(dots[3], set[0])
        let minus = try CartRules.compile(
            .minusOne(line: dots), view: store.cart, own: CartFixture.a.device)
        #expect(minus == [CartFixture.void((dots[3], 1))])
    }

    @Test("a quantity out of range stores nothing", arguments: [-1, 1000, Int.min, Int.max])
    func outOfRange(count: Int) {
        var cart = Cart(id: CartFixture.cart)
        CartRules.applyPending(
            CartOperation(dot: CartFixture.dot(CartFixture.a, 1), body: CartFixture.scan()),
            to: &cart)
        #expect(throws: CartError.self) {
            try CartRules.compile(
                .set(line: cart.order, to: count, again: CartFixture.scanBody()), view: cart,
                own: CartFixture.a.device)
        }
        #expect(throws: CartError.self) {
            try CartRules.compile(
                .scan(CartFixture.scanBody(count)), view: cart, own: CartFixture.a.device)
        }
    }

    @Test("what is gone cannot be removed again")
    func gone() {
        let cart = Cart(id: CartFixture.cart)
        let line = [CartFixture.dot(CartFixture.a, 1)]
        for intent in [CartIntent.minusOne(line: line), .void(line: line)] {
            #expect(throws: CartError.self) {
                try CartRules.compile(intent, view: cart, own: CartFixture.a.device)
            }
        }
    }

    private func places(_ operations: [CartOperation]) -> Set<Places> {
        var store = TinyStore()
        for operation in operations { store.push(operation.dot, operation.body) }
        return Set(
            store.cart.dots.map { Places(dot: $0, live: $1.live, voided: $1.voided) })
    }

    private func randomOperations(_ random: inout SeededChance) -> [CartOperation] {
        var operations: [CartOperation] = []
        let streams = [CartFixture.a, CartFixture.b, CartFixture.c]
        for sequence in UInt64(1)...8 {
            for stream in streams {
                let dot = CartFixture.dot(stream, sequence)
                let target = CartFixture.dot(
                    streams[Int.random(in: 0..<3, using: &random)],
                    UInt64.random(in: 1...8, using: &random))
                let units = Int.random(in: 1...4, using: &random)
                let body =
                    Bool.random(using: &random)
                    ? CartFixture.scan(units) : CartFixture.void((target, units))
                operations.append(CartOperation(dot: dot, body: body))
            }
        }
        return operations
    }
}
