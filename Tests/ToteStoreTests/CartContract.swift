import GRDB
import Testing
import ToteCarts
import ToteMessages
import ToteStore
import ToteSync
import ToteValues

/// What every store of carts must do: the same bodies run over the memory of a simulation and
/// over SQLite, and must get equal answers.
protocol CartContract: AnyObject {
    var epoch: Epoch { get }
    func create(_ cart: CartID) async throws -> ToteValues.Cursor
    func sync(_ cart: CartID, _ request: SyncRequest) async throws -> SyncAnswer
    func log(_ cart: CartID, cursor: ToteValues.Cursor?) async throws -> LogDelta
    func quote(_ cart: CartID) async throws -> QuoteAnswer
    func close(
        _ cart: CartID, _ request: CloseRequest, ifMatch: ToteValues.Cursor
    ) async throws -> CloseAnswer
    func settled(_ cart: CartID, ordinal: Int32, receipt: String) async throws
    func reopened(_ cart: CartID, ordinal: Int32, reason: String) async throws
    func frozen(_ cart: CartID, _ ordinal: Int32) async throws -> FrozenCart?
    func fold(_ cart: CartID) async throws -> Cart?
    func bind(_ cart: CartID, _ other: CartID) async throws -> ToteValues.Cursor
    /// `revision ordinal dot units`, in order.
    func refunds(_ cart: CartID) async throws -> [String]
}

/// The prices of both: a piece is 1.00, a code `?` has none; book 812 is in force.
enum ContractShop {
    static let cart = CartServiceFixture.cart
    static let now = Moment(milliseconds: 1_795_256_100_000)

    static let judge: @Sendable (ScanBody, Moment) -> ScanJudgement = { scan, _ in
        switch scan.code {
        case "hold": .hold("stopped")
        case "reject": .reject("recalled")
        default: .sold
        }
    }

    static let price: @Sendable (Cart, Moment) -> PricedSet = { cart, _ in
        PricedSet(
            totalMinor: Int64(cart.liveUnits) * 100, currency: .euro,
            quoteHash: cart.hash.bytes + cart.hash.bytes, book: 812, engine: "1",
            waiting: cart.liveDots.filter { $0.state.scan?.code == "?" }.map(\.dot),
            quote: .object([]))
    }
}

/// What happened, as text that two stores can be compared by.
struct Transcript: Equatable {
    var lines: [String] = []

    mutating func note(_ body: () async throws -> String) async {
        do { lines.append(try await body()) } catch { lines.append("\(error)") }
    }
}

enum Contract {
    /// Does the same to both, and expects the same.
    @discardableResult
    static func run(
        _ body: (any CartContract, inout Transcript) async throws -> Void
    ) async throws -> Transcript {
        let sqlite = try SQLiteCarts()
        let memory = MemoryCarts(epoch: sqlite.epoch)
        var (first, second) = (Transcript(), Transcript())
        try await body(memory, &first)
        try await body(sqlite, &second)
        #expect(first.lines.count == second.lines.count)
        for (left, right) in zip(first.lines, second.lines) { #expect(left == right) }
        return second
    }

    static func push(
        _ bodies: CartOperationBody..., from: UInt64 = 1,
        as stream: ToteValues.Stream = CartServiceFixture.a, cursor: ToteValues.Cursor? = nil
    ) -> SyncRequest {
        SyncRequest(
            cursor: cursor, device: stream.device, incarnation: stream.incarnation, from: from,
            operations: bodies.enumerated().map { index, body in
                CartOperation(
                    dot: CartServiceFixture.dot(stream, from + UInt64(index)), body: body)
            })
    }

    static func void(_ targets: (Dot, Int)...) -> CartOperationBody {
        .void(targets: targets.map { VoidTarget(dot: $0.0, units: $0.1) }, reason: "shopper")
    }
}

extension CartContract {
    /// Closes what is live, or these dots, at the total that is right.
    func close(
        _ cart: CartID = ContractShop.cart, id: UInt64 = 1, only: [Dot]? = nil
    ) async throws -> CloseAnswer {
        let quote = try await quote(cart)
        let units = try await fold(cart)?.closeSet(only: only) ?? []
        let request = CloseRequest(
            closeID: CloseID(Bytes16(high: 0, low: id)), at: quote.at,
            quoteHash: quote.quoteHash,
            totalMinor: Int64(units.reduce(0) { $0 + $1.units }) * 100, currency: .euro,
            only: only)
        return try await close(cart, request, ifMatch: quote.cursor)
    }

    @discardableResult
    func push(
        _ bodies: CartOperationBody..., from: UInt64 = 1,
        as stream: ToteValues.Stream = CartServiceFixture.a, to cart: CartID = ContractShop.cart
    ) async throws -> SyncAnswer {
        let operations = bodies.enumerated().map { index, body in
            CartOperation(dot: CartServiceFixture.dot(stream, from + UInt64(index)), body: body)
        }
        return try await sync(
            cart,
            SyncRequest(
                cursor: nil, device: stream.device, incarnation: stream.incarnation, from: from,
                operations: operations))
    }
}

final class MemoryCarts: CartContract {
    var carts: StoreCarts

    init(epoch: Epoch) { carts = StoreCarts(epoch: epoch) }

    var epoch: Epoch { carts.epoch }

    func create(_ cart: CartID) -> ToteValues.Cursor { carts.create(cart, member: nil) }

    func sync(_ cart: CartID, _ request: SyncRequest) throws -> SyncAnswer {
        let caller = CartCaller(device: request.device, member: nil, role: .shopper)
        return try carts.sync(
            cart, request, by: caller, now: ContractShop.now, mayLock: { $0 == 812 },
            judge: { _, scan in ContractShop.judge(scan, ContractShop.now) })
    }

    func log(_ cart: CartID, cursor: ToteValues.Cursor?) throws -> LogDelta {
        try carts.log(cart, cursor: cursor, now: ContractShop.now)
    }

    func quote(_ cart: CartID) throws -> QuoteAnswer {
        try carts.quote(cart, at: ContractShop.now, price: ContractShop.price)
    }

    func close(
        _ cart: CartID, _ request: CloseRequest, ifMatch: ToteValues.Cursor
    ) throws -> CloseAnswer {
        try carts.close(
            cart, request, ifMatch: ifMatch, now: ContractShop.now, price: ContractShop.price)
    }

    func settled(_ cart: CartID, ordinal: Int32, receipt: String) throws {
        try carts.settled(cart, ordinal: ordinal, receipt: receipt)
    }

    func reopened(_ cart: CartID, ordinal: Int32, reason: String) throws {
        try carts.reopened(cart, ordinal: ordinal, reason: reason)
    }

    func frozen(_ cart: CartID, _ ordinal: Int32) -> FrozenCart? { carts.frozen(cart, ordinal) }
    func fold(_ cart: CartID) -> Cart? { carts[cart]?.cart.cart }

    func bind(_ cart: CartID, _ other: CartID) throws -> ToteValues.Cursor {
        try carts.bind(
            cart, from: other, judge: { _, scan in ContractShop.judge(scan, ContractShop.now) })
    }

    func refunds(_ cart: CartID) -> [String] {
        let refunds = carts[cart]?.refunds ?? []
        return refunds.map { "\($0.revision) \($0.ordinal) \($0.units.dot) \($0.units.units)" }
            .sorted()
    }
}

final class SQLiteCarts: CartContract {
    let folder = try? TestFolder()
    let database: StoreDatabase
    let carts: CartService
    let world: World

    init() throws {
        world = World(
            now: { ContractShop.now }, uptimeMilliseconds: { 0 },
            randomBytes: World.system.randomBytes)
        database = try StoreDatabase.open(folder: folder?.path ?? "", world: world)
        carts = CartService(
            database: database, world: world, store: 1001,
            pricing: StorePricing(
                price: { cart, _, at in ContractShop.price(cart, at) },
                mayLock: { book, _ in book == 812 }, judge: ContractShop.judge),
            grant: { _, _, _ in "grant" })
    }

    var epoch: Epoch { database.epoch }

    func caller(_ cart: CartID, _ device: DeviceID? = nil) -> Caller {
        Caller(device: device, guestCart: cart, keyThumbprint: "key")
    }

    func create(_ cart: CartID) async throws -> ToteValues.Cursor {
        let request = CreateCartRequest(
            cart: cart, store: 1001, device: CartServiceFixture.a.device, key: "k")
        return try await carts.create(request, caller: caller(cart)).answer.cursor
    }

    func sync(_ cart: CartID, _ request: SyncRequest) async throws -> SyncAnswer {
        try await carts.sync(cart, request, caller: caller(cart, request.device))
    }

    func log(_ cart: CartID, cursor: ToteValues.Cursor?) async throws -> LogDelta {
        try await carts.log(cart, cursor: cursor, caller: caller(cart))
    }

    func quote(_ cart: CartID) async throws -> QuoteAnswer {
        try await carts.quote(cart, caller: caller(cart))
    }

    func close(
        _ cart: CartID, _ request: CloseRequest, ifMatch: ToteValues.Cursor
    ) async throws -> CloseAnswer {
        try await carts.close(cart, request, ifMatch: ifMatch, caller: caller(cart))
    }

    func settled(_ cart: CartID, ordinal: Int32, receipt: String) async throws {
        let world = world
        try await database.write {
            try CartLog.appendSettled($0, cart, ordinal: ordinal, receipt: receipt, world: world)
        }
    }

    func reopened(_ cart: CartID, ordinal: Int32, reason: String) async throws {
        let world = world
        try await database.write {
            try CartLog.appendReopened($0, cart, ordinal: ordinal, reason: reason, world: world)
        }
    }

    func frozen(_ cart: CartID, _ ordinal: Int32) async throws -> FrozenCart? {
        try await database.read { try CartLog.frozen($0, cart, ordinal) }
    }

    func fold(_ cart: CartID) async throws -> Cart? {
        try await database.read { try CartLog.cart($0, cart) }
    }

    /// By whoever has the key of the other and a grant of this one.
    func bind(_ cart: CartID, _ other: CartID) async throws -> ToteValues.Cursor {
        try await database.write { db in
            try db.execute(
                sql: "INSERT OR IGNORE INTO cartKey VALUES (?, ?, 'key', 1, 0)",
                arguments: [other.blob, CartServiceFixture.b.device.blob])
        }
        return try await carts.bind(cart, BindRequest(from: other), caller: caller(cart)).cursor
    }

    func refunds(_ cart: CartID) async throws -> [String] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM refundRequest WHERE cart = ?", arguments: [cart.blob]
            ).map { row in
                let (revision, ordinal) = (try row.number("revision"), try row.number("ordinal"))
                return "\(revision) \(ordinal) \(try row.dot()) \(try row.number("units"))"
            }.sorted()
        }
    }
}
