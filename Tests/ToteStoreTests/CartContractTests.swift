import Testing
import ToteCarts
import ToteMessages
import ToteSync
import ToteValues

@Suite("The store's carts, in memory and in SQLite")
struct CartContractTests {
    typealias Fixture = CartServiceFixture
    let a = Fixture.a
    let b = Fixture.b

    @Test("a whole trip gives equal answers, cursors and dispositions (SYNC-40, SYNC-48)")
    func trip() async throws {
        let cart = ContractShop.cart
        let transcript = try await Contract.run { store, told in
            await told.note { "\(try await store.sync(cart, Contract.push()).json)" }
            await told.note { try await store.create(cart).text }
            await told.note { try await store.create(cart).text }
            for request in [
                Contract.push(Fixture.scan(3), Fixture.scan(2), .clip(key: "milk")),
                Contract.push(Fixture.scan(3), Fixture.scan(2), .clip(key: "milk")),
                Contract.push(Fixture.scan(9), from: 2), Contract.push(Fixture.scan(), from: 9),
                Contract.push(
                    Contract.void((Fixture.dot(a, 1), 1)), .unclip(Fixture.dot(a, 3)), as: b),
                Contract.push(
                    Contract.void((Fixture.dot(a, 1), 4), (Fixture.dot(a, 7), 1)), .attach, from: 3,
                    as: b),
            ] {
                await told.note { "\(try await store.sync(cart, request).json)" }
            }
            await told.note { "\(try await store.log(cart, cursor: nil).json)" }
            await told.note { "\(try await store.close())" }
            await told.note { "\(try await store.close(id: 2))" }
            await told.note {
                "\(try await store.sync(cart, Contract.push(Fixture.scan(), Contract.void((Fixture.dot(a, 2), 1)), from: 4)).json)"
            }
            await told.note { "\(try await store.settled(cart, ordinal: 2, receipt: "r"))" }
            await told.note { "\(try await store.settled(cart, ordinal: 1, receipt: "r"))" }
            await told.note { "\(try await store.settled(cart, ordinal: 1, receipt: "r"))" }
            await told.note {
                "\(try await store.sync(cart, Contract.push(Fixture.scan(5), from: 6)).json)"
            }
            let carry = LogHashing.carryOver(cart, ordinal: 1)
            await told.note { "\(try await store.log(carry, cursor: nil).json)" }
            await told.note { "\(try await store.frozen(cart, 1)?.json.canonical ?? [])" }
        }
        #expect(transcript.lines[0].contains("unknownCart"))
        #expect(transcript.lines[1] == transcript.lines[2])
        #expect(transcript.lines.filter { $0.contains("streamFork") }.count == 1)
        #expect(transcript.lines.contains { $0.contains("inherit") })
    }

    @Test("a cursor of another log is refused alike, and a stale close is told what changed")
    func refusals() async throws {
        let cart = ContractShop.cart
        try await Contract.run { store, told in
            _ = try await store.create(cart)
            let first = try await store.sync(cart, Contract.push(Fixture.scan())).delta.cursor
            for stranger in [
                Cursor(epoch: Epoch(1), revision: 1, hash: first.hash),
                Cursor(epoch: first.epoch, revision: 9, hash: first.hash),
                Cursor(epoch: first.epoch, revision: 1, hash: LogHash(Bytes16(high: 1, low: 1))),
                Cursor(epoch: first.epoch, revision: 0, hash: LogHashing.start(cart)),
            ] {
                await told.note {
                    "\(try await store.sync(cart, Contract.push(Fixture.scan(), from: 2, cursor: stranger)).json)"
                }
                await told.note { "\(try await store.log(cart, cursor: stranger).json)" }
            }
            let quote = try await store.quote(cart)
            let request = CloseRequest(
                closeID: CloseID(Bytes16(high: 0, low: 1)), at: quote.at,
                quoteHash: quote.quoteHash, totalMinor: 100, currency: .euro)
            await told.note {
                "\(try await store.close(cart, request, ifMatch: first))"
            }
            await told.note {
                "\(try await store.close(cart, request, ifMatch: quote.cursor))"
            }
            _ = try await store.sync(cart, Contract.push(Fixture.scan(2, code: "?"), from: 3))
            await told.note { "\(try await store.close(id: 3))" }
        }
    }

    /// Every step of chance is made for both stores from the same seed.
    @Test("a trip of chance gives equal answers and equal rows", arguments: 0..<24)
    func chance(seed: UInt64) async throws {
        try await Contract.run { store, told in
            var random = ContractChance(seed: seed)
            var sequences: [ToteValues.Stream: UInt64] = [a: 1, b: 1]
            let cart = ContractShop.cart
            _ = try await store.create(cart)
            var ordinal: Int32 = 0
            for step in 0..<40 {
                let stream = Bool.random(using: &random) ? a : b
                let from = sequences[stream, default: 1]
                let known = try await store.fold(cart)
                switch Int.random(in: 0..<12, using: &random) {
                case 0..<9:
                    let bodies = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                        random.body(from: [a: sequences[a] ?? 1, b: sequences[b] ?? 1])
                    }
                    let request = SyncRequest(
                        cursor: nil, device: stream.device, incarnation: stream.incarnation,
                        from: from,
                        operations: bodies.enumerated().map { index, body in
                            CartOperation(
                                dot: Fixture.dot(stream, from + UInt64(index)), body: body)
                        })
                    sequences[stream] = from + UInt64(bodies.count)
                    await told.note { "\(step) \(try await store.sync(cart, request).json)" }
                case 9:
                    let only = Bool.random(using: &random) ? known?.order.dropLast() : nil
                    await told.note {
                        let answer = try await store.close(
                            id: UInt64(step) + 10, only: only.map(Array.init))
                        ordinal = answer.ordinal
                        return "\(step) \(answer)"
                    }
                case 10:
                    await told.note {
                        "\(try await store.reopened(cart, ordinal: ordinal, reason: "x"))"
                    }
                default:
                    await told.note {
                        "\(try await store.settled(cart, ordinal: ordinal, receipt: "r\(step)"))"
                    }
                }
            }
            await told.note { "\(try await store.log(cart, cursor: nil).json)" }
            let carry = LogHashing.carryOver(cart, ordinal: ordinal)
            await told.note { "\(try await store.log(carry, cursor: nil).json)" }
        }
    }

    @Test("a ninth device is told so, and not that its scan is unreadable (limits)")
    func ninthDevice() async throws {
        let transcript = try await Contract.run { carts, notes in
            _ = try await carts.create(ContractShop.cart)
            for number in 1...9 {
                let stream = ToteValues.Stream(
                    device: DeviceID(Bytes16(high: 9, low: UInt64(number))),
                    incarnation: Incarnation(1))
                await notes.note {
                    "\(try await carts.push(CartServiceFixture.scan(), as: stream).ack)"
                }
            }
        }
        #expect(transcript.lines.prefix(8).allSatisfy { $0 == "1" })
        #expect(transcript.lines.last?.contains("tooManyDevices") == true)
    }
}

/// SplitMix64.
struct ContractChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 77 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A scan, a void of dots known and unknown, a clip, or what undoes one.
    mutating func body(from sequences: [ToteValues.Stream: UInt64]) -> CartOperationBody {
        let streams = sequences.keys.sorted()
        let stream = streams[Int.random(in: 0..<streams.count, using: &self)]
        let near = UInt64.random(in: 1...(sequences[stream] ?? 1) + 2, using: &self)
        let target = CartServiceFixture.dot(stream, near)
        switch Int.random(in: 0..<10, using: &self) {
        case 0..<5: return CartServiceFixture.scan(Int.random(in: 1...4, using: &self))
        case 5..<8:
            let units = Int.random(in: 1...3, using: &self)
            let first = CartServiceFixture.dot(stream, 1)
            return .void(
                targets: [VoidTarget(dot: target, units: units), VoidTarget(dot: first, units: 1)],
                reason: "shopper")
        case 8: return .clip(key: "k\(Int.random(in: 0..<3, using: &self))")
        default: return .unclip(target)
        }
    }
}
