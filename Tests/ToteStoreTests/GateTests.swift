import Crypto
import FoundationEssentials
import Testing
import ToteExits
import ToteMessages
import TotePayments
import ToteStore
import ToteValues

@Suite("Out through the gate")
struct GateTests {
    @Test("a paid trip gets one pass; asked again it is the same, later renewed under its id")
    func issue() async throws {
        let (shop, exits) = try await paid()
        defer { shop.remove() }
        let first = try await exit(exits)
        #expect(first.state == "released")
        #expect(first.pieces == 3)
        #expect(try await exit(exits) == first)
        shop.clock.pass(seconds: 600)
        let renewed = try await exit(exits)
        #expect(renewed.pass != first.pass)
        #expect(try id(renewed) == id(first))
    }

    @Test("no pass without payment, and none for another's trip")
    func unpaid() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let exits = Self.exits(shop)
        #expect(await code { try await exit(exits) } == "notPaid")
        _ = try await shop.plan([.card(.rest)])
        #expect(await code { try await exit(exits) } == "notPaid")
        let ben = SettlementFixture.caller(SettlementFixture.ben)
        #expect(
            await code { try await exits.exit(cart: SettlementFixture.cart, caller: ben) }
                == "unknownCart")
    }

    @Test("a pass is renewed at most 20 times and for two hours (ISS-2)")
    func reissueLimit() async throws {
        let (shop, exits) = try await paid()
        defer { shop.remove() }
        _ = try await exit(exits)
        shop.clock.pass(seconds: 7201)
        #expect(await code { try await exit(exits) } == "reissueLimit")
    }

    @Test("the gate opens once; the second time it names time and gate")
    func once() async throws {
        let (shop, exits) = try await paid()
        defer { shop.remove() }
        let answer = try await exit(exits)
        let set = try exits.keySet().verified(root: shop.keys.root.publicKey, store: 42)
        let gate = try GateConsumed.open(path: shop.folder + "/gate.sqlite")
        let text = try #require(answer.pass)
        let now = shop.clock.now
        func show(_ text: String, at now: Moment) throws -> GateDecision {
            try gate.decide(
                texts: [text], keySet: set, store: 42, gate: "g1", signedTimeAt: set.issuedAt,
                now: now)
        }
        guard case .open(let pass, .captured) = try show(text, at: now) else {
            Issue.record("the gate stays shut")
            return
        }
        #expect(pass.pieces == 3)
        let later = now.adding(seconds: 5)
        #expect(try show(text, at: later) == .refuse(.alreadyUsed(at: now, gate: "g1")))
        let reopened = try GateConsumed.open(path: shop.folder + "/gate.sqlite")
        #expect(
            try reopened.decide(
                texts: [text], keySet: set, store: 42, gate: "g2", signedTimeAt: set.issuedAt,
                now: later) == .refuse(.alreadyUsed(at: now, gate: "g1")))
        #expect(try show(text, at: now.adding(seconds: -61)) == .refuse(.clockUnsure))
    }

    @Test("a renewed copy of a used pass does not open either")
    func renewedCopy() async throws {
        let (shop, exits) = try await paid()
        defer { shop.remove() }
        let first = try #require(try await exit(exits).pass)
        shop.clock.pass(seconds: 500)
        let renewed = try #require(try await exit(exits).pass)
        #expect(renewed != first)
        let opened = try await exits.consume(GateConsumeRequest(text: first, gate: "g1"))
        #expect(opened.opens)
        let copy = try await exits.consume(GateConsumeRequest(text: renewed, gate: "g2"))
        #expect(copy.result == "alreadyUsed")
        #expect(copy.usedGate == "g1")
        let after = try await exit(exits)
        #expect(after.state == "exited")
        #expect(after.pass == nil)
    }

    @Test("nonsense at the online gate is answered, not an error")
    func nonsense() async throws {
        let (shop, exits) = try await paid()
        defer { shop.remove() }
        let answer = try await exits.consume(GateConsumeRequest(text: "4006381333931", gate: "g1"))
        #expect(!answer.opens)
        #expect(answer.nextStep == "showAgain")
    }

    @Test("keys survive a restart, lie in a private file, and another store is refused them")
    func keys() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        let again = try StoreKeys.open(folder: shop.folder, store: 42, world: shop.clock.world)
        #expect(try again.keySet(at: shop.clock.now) == shop.keys.keySet(at: shop.clock.now))
        let path = shop.folder + "/" + StoreKeys.fileName
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(throws: StoreKeysError.self) {
            try StoreKeys.open(folder: shop.folder, store: 43, world: shop.clock.world)
        }
    }

    @Test("after 30 days a new pass key follows; the old one is still listed")
    func rotation() async throws {
        let shop = try await SettlementFixture()
        defer { shop.remove() }
        shop.clock.pass(seconds: 31 * 86_400)
        let later = try StoreKeys.open(folder: shop.folder, store: 42, world: shop.clock.world)
        #expect(later.version > shop.keys.version)
        #expect(try later.current(.exitPass, at: shop.clock.now).number == 2)
        #expect(try later.current(.receipt, at: shop.clock.now).number == 1)
        let set = try later.keySet(at: shop.clock.now)
            .verified(root: shop.keys.root.publicKey, store: 42)
        #expect(set.key(.exitPass, number: 1) != nil)
    }

    private static func exits(_ shop: SettlementFixture) -> ExitService {
        ExitService(
            database: shop.database, carts: shop.told.carts, keys: shop.keys,
            world: shop.clock.world)
    }

    private func paid() async throws -> (SettlementFixture, ExitService) {
        let shop = try await SettlementFixture()
        _ = try await shop.plan([.card(.rest)])
        _ = try await shop.capture()
        return (shop, Self.exits(shop))
    }

    private func exit(_ exits: ExitService) async throws -> ExitAnswer {
        try await exits.exit(cart: SettlementFixture.cart, caller: SettlementFixture.caller())
    }

    private func id(_ answer: ExitAnswer) throws -> PassID {
        let text = try #require(answer.pass)
        let bytes = try #require(Base45.decode(text))
        let code = try #require(PurposeCode(bytes: bytes))
        return try #require(ExitPass(code)).id
    }

    private func code<Value>(_ work: () async throws -> Value) async -> String? {
        do {
            _ = try await work()
            return nil
        } catch { return (error as? Problem)?.code.rawValue }
    }
}
