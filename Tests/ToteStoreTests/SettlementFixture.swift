import Crypto
import FoundationEssentials
import Synchronization
import ToteCarts
import ToteMembers
import ToteMessages
import TotePayments
import ToteStore
import ToteValues

/// A store with one closed cart of Example A, its sandbox and its people; carts are played.
final class SettlementFixture: Sendable {
    static let cart = CartID(Bytes16(high: 0x0199_c0de_7a5b_7c3d, low: 0x8e1f_2031_4253_647a))
    static let quoteHash = [UInt8](repeating: 7, count: 32)
    static let ada = [UInt8](repeating: 0xAD, count: 16)
    static let ben = [UInt8](repeating: 0xBE, count: 16)

    let folder: String
    let clock: FixtureClock
    let told = CartsTold()
    let database: StoreDatabase
    let keys: StoreKeys
    let sandbox: SandboxProvider
    let service: SettlementService

    /// - Parameter folder: a folder used before, to play a restart.
    init(folder: String? = nil, clock: FixtureClock = FixtureClock()) async throws {
        let world = clock.world
        self.clock = clock
        self.folder = try folder ?? Self.newFolder(world)
        database = try StoreDatabase.open(folder: self.folder, world: world)
        keys = try StoreKeys.open(folder: self.folder, store: 42, world: world)
        sandbox = SandboxProvider(database: database, world: world)
        service = SettlementService(
            database: database, carts: told.carts, keys: keys, provider: sandbox, world: world)
        let demo = service.demoBalances
        try await database.write { db in
            try demo.seed(
                db, currency: .euro, members: [(Self.ada, 1200), (Self.ben, 300)])
        }
        try await service.recover()
    }

    private static func newFolder(_ world: World) throws -> String {
        let name = "tote-pay-\(Hex.encode(World.system.randomBytes(8)))"
        let path = FileManager.default.temporaryDirectory.appending(path: name).path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return path
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// Ada, a member with points and a card on file.
    static func caller(_ member: [UInt8]? = ada) -> Caller {
        let reference = member.map {
            Caller.MemberReference(
                memberID: Hex.encode($0), pairwiseID: $0, state: .active, tier: .none, segments: [])
        }
        return Caller(member: reference, guestCart: member == nil ? cart : nil)
    }

    func plan(
        _ tenders: [PlannedTender], caller: Caller = caller()
    ) async throws -> SettlementAnswer {
        try await service.plan(
            cart: Self.cart, ordinal: 1, PlanRequest(tenders: tenders), caller: caller)
    }

    func add(_ tenders: [PlannedTender], key: String = newKey()) async throws -> SettlementAnswer {
        try await service.addLegs(
            cart: Self.cart, ordinal: 1, PlanRequest(tenders: tenders), caller: Self.caller(),
            idempotencyKey: key)
    }

    func capture(key: String = newKey()) async throws -> SettlementAnswer {
        try await service.capture(
            cart: Self.cart, ordinal: 1, caller: Self.caller(), idempotencyKey: key)
    }

    func giveUp(key: String = newKey()) async throws -> SettlementAnswer {
        try await service.giveUp(
            cart: Self.cart, ordinal: 1, caller: Self.caller(), idempotencyKey: key)
    }

    func state() async throws -> SettlementAnswer {
        try await service.state(cart: Self.cart, ordinal: 1, caller: Self.caller())
    }

    func available(_ account: String, of member: [UInt8]? = ada) async throws -> Int64? {
        try await database.read { try InternalBalances.available($0, account, member: member) }
    }

    static func newKey() -> String { Hex.encode(World.system.randomBytes(16)) }
}

/// A clock that only a test moves.
final class FixtureClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_795_284_000_000)

    func pass(seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }
    var now: Moment { Moment(milliseconds: milliseconds.withLock { $0 }) }

    var world: World {
        World(
            now: { self.now }, uptimeMilliseconds: { self.now.milliseconds },
            randomBytes: World.system.randomBytes)
    }
}

/// Plays the carts: one frozen set, and a note of what they were told.
final class CartsTold: Sendable {
    struct Notes {
        var settled: [String] = []
        var reopened: [String] = []
        var quoteHash = SettlementFixture.quoteHash
    }
    let notes = Mutex(Notes())

    var settled: [String] { notes.withLock { $0.settled } }
    var reopened: [String] { notes.withLock { $0.reopened } }
    func changeQuote() { notes.withLock { $0.quoteHash = [1] } }

    static let frozen = FrozenCart(
        cart: SettlementFixture.cart, ordinal: 1,
        cursor: Cursor(epoch: Epoch(1), revision: 3, hash: LogHash(Bytes16(high: 0, low: 1))),
        dots: [], totalMinor: 2312, currency: .euro,
        at: Moment(unixSeconds: 1_795_284_000), quoteHash: SettlementFixture.quoteHash, book: 812,
        engine: "1.0.0")

    var carts: SettlementCarts {
        SettlementCarts(
            isOwn: { _, cart, caller in
                cart == SettlementFixture.cart
                    && caller.member?.pairwiseID != SettlementFixture.ben
            },
            frozen: { _, _, ordinal in ordinal == 1 ? Self.frozen : nil },
            quote: { frozen, _ in
                SettlementQuote(
                    quoteHash: self.notes.withLock { $0.quoteHash }, body: Self.body(frozen),
                    pointsEarned: 23)
            },
            settled: { _, _, receipt in self.notes.withLock { $0.settled.append(receipt) } },
            reopened: { _, _, reason in self.notes.withLock { $0.reopened.append(reason) } })
    }

    /// Example A: coffee, wine with an offer and a deposit, bananas.
    static func body(_ frozen: FrozenCart) -> ReceiptBody {
        ReceiptBody(
            cart: frozen.cart, ordinal: frozen.ordinal, setHash: frozen.setHash,
            settlement: frozen.key, currency: .euro, taxMode: .inclusive, priceBook: 812,
            engine: "1.0.0",
            lines: [
                line(1, "04012345000016", "Coffee beans 500 g", 1290, tax: "food"),
                line(2, "04012345000023", "Red wine 0.75 l", 999, 150, deposit: 25, tax: "std"),
                line(3, "plu:4011", "Bananas", 148, grams: 742, tax: "food"),
            ],
            taxes: [
                ReceiptTax(category: "food", basisPoints: 700, gross: 1438, net: 1344, tax: 94),
                ReceiptTax(category: "std", basisPoints: 1900, gross: 849, net: 713, tax: 136),
            ],
            totals: ReceiptTotals(gross: 2437, discount: 150, deposit: 25, tax: 230, total: 2312))
    }

    private static func line(
        _ number: Int, _ article: String, _ name: String, _ gross: Int64, _ discount: Int64 = 0,
        deposit: Int64 = 0, grams: Int = 0, tax: String
    ) -> ReceiptLine {
        ReceiptLine(
            line: number, article: article, name: name, pieces: 1, weightGrams: grams,
            gross: gross, discount: discount, net: gross - discount, deposit: deposit,
            taxCategory: tax,
            offers: discount > 0 ? [ReceiptOffer(offer: "wine-150", discount: discount)] : [],
            unitNets: [UnitNet(net: gross - discount, count: 1)])
    }
}

extension PlannedTender {
    static func card(_ amount: PlannedAmount, token: String? = nil) -> PlannedTender {
        PlannedTender(kind: .cardOnFile, amount: amount, source: token)
    }

    static func newCard(_ amount: PlannedAmount, token: String) -> PlannedTender {
        PlannedTender(kind: .newCard, amount: amount, source: token)
    }

    static func giftCard(_ minor: Int64, _ number: String = "gc-1") -> PlannedTender {
        PlannedTender(kind: .giftCard, amount: .minor(minor), source: number)
    }

    static func points(_ minor: Int64) -> PlannedTender {
        PlannedTender(kind: .points, amount: .minor(minor))
    }
}
