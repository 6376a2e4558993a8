public import GRDB
import Synchronization
public import ToteStorage
public import ToteValues

// The device's carts (`cart-sync.md` section 3). One intent is one transaction of an insert and
// an update, and `commit` returns after it is durable: the beep comes after the commit. Carts are
// folded in memory, so a scan costs no reading. All work goes through the lock and then the one
// connection, in this order.

/// The only SQL of carts on a device.
public final class CartStore: Sendable {
    let database: DatabaseQueue
    let world: World
    private let carts = Mutex<[CartID: DeviceCart]>([:])

    /// - Parameter database: holds the tables of `steps`.
    /// - Throws: `CartError` when the file cannot be read, or not written on first start.
    public init(database: DatabaseQueue, world: World) throws(CartError) {
        self.database = database
        self.world = world
        if try meta(Self.deviceKey) == nil {
            try setMeta(Self.deviceKey, DeviceID(world.newBytes16()).text)
        }
    }

    /// This installation; a guest trip draws its own.
    public func device() throws(CartError) -> DeviceID {
        guard let text = try meta(Self.deviceKey), let device = DeviceID(text: text) else {
            throw CartError(
                .damaged, "The installation's name cannot be read.", mend: "Run: tote doctor")
        }
        return device
    }

    /// The cart of the running trip.
    public func currentCart() throws(CartError) -> CartRecord? {
        guard let text = try meta(Self.currentKey), let cart = CartID(text: text) else {
            return nil
        }
        return try record(cart)
    }

    /// Starts a trip; nothing is sent. It becomes the current one.
    public func newCart(guest: Bool) throws(CartError) -> CartRecord {
        let device = guest ? DeviceID(world.newBytes16()) : try self.device()
        return try insert(cart: world.newCartID(), device: device, guest: guest)
    }

    /// A cart that the store knows already, such as another device's of the same member, or a
    /// carry-over cart; the first sync pulls it. It becomes the current one.
    public func adopt(_ cart: CartID, like record: CartRecord?) throws(CartError) -> CartRecord {
        if let known = try self.record(cart) {
            try setMeta(Self.currentKey, cart.text)
            return known
        }
        let own = try self.device()
        let device = record?.device ?? own
        return try insert(cart: cart, device: device, guest: record?.isGuest ?? false)
    }

    private func insert(
        cart: CartID, device: DeviceID, guest: Bool
    ) throws(CartError) -> CartRecord {
        let record = CartRecord(
            new: cart, device: device, incarnation: newIncarnation(), isGuest: guest,
            createdAt: world.now())
        try write { db in
            try record.save(db)
            try Self.setMeta(db, Self.currentKey, cart.text)
        }
        return record
    }

    /// Ends the running trip on this device; its log stays.
    public func endTrip() throws(CartError) { try setMeta(Self.currentKey, nil) }

    public func record(_ cart: CartID) throws(CartError) -> CartRecord? {
        try withCart(cart) { $0?.record }
    }

    /// All carts of this file, oldest first.
    public func records() throws(CartError) -> [CartRecord] {
        try mapping {
            try database.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM cart ORDER BY createdAt, cart")
                    .map(CartRecord.init(row:))
            }
        }
    }

    /// The fold of the store's log and own operations that it does not hold yet.
    /// - Throws: `unknownCart`.
    public func view(_ cart: CartID) throws(CartError) -> Cart {
        try inMemory(cart) { $0.view }
    }

    /// Own operations that the store has not confirmed, oldest first.
    public func unsent(_ cart: CartID) throws(CartError) -> [PendingOperation] {
        try inMemory(cart) { $0.pending }
    }

    /// A small text of the host, such as the store's address.
    public func meta(_ key: String) throws(CartError) -> String? {
        try mapping {
            try database.read { db in
                try String.fetchOne(
                    db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
            }
        }
    }

    /// - Parameter value: `nil` removes it.
    public func setMeta(_ key: String, _ value: String?) throws(CartError) {
        try write { db in try Self.setMeta(db, key, value) }
    }

    static func setMeta(_ db: Database, _ key: String, _ value: String?) throws {
        if let value {
            try db.execute(
                sql: "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
                arguments: [key, value])
        } else {
            try db.execute(sql: "DELETE FROM meta WHERE key = ?", arguments: [key])
        }
    }

    static let deviceKey = "deviceId"
    static let currentKey = "currentCart"
}

extension CartStore {
    package func inMemory<Value: Sendable>(
        _ cart: CartID, _ body: (DeviceCart) -> Value
    ) throws(CartError) -> Value {
        try withCart(cart) { (cart) throws(CartError) in
            guard let cart else { throw Self.unknownCart }
            return body(cart)
        }
    }

    /// One step of a cart: what it changed is durable before it counts. The value is taken out,
    /// so that it changes in place without a copy; when the file fails, the step is forgotten and
    /// the cart read again.
    /// - Throws: what `body` throws; then nothing has changed.
    package func change<Value: Sendable>(
        _ cart: CartID, _ body: (inout DeviceCart) throws(CartError) -> Value
    ) throws(CartError) -> Value {
        try withCart(cart) { (held) throws(CartError) in
            guard var next = held.take() else { throw Self.unknownCart }
            let value: Value
            do throws(CartError) { value = try body(&next) } catch {
                held = next
                throw error
            }
            let changes = next.takeChanges()
            if !changes.isEmpty {
                try write { db in for change in changes { try change.save(db, cart) } }
            }
            held = next
            return value
        }
    }

    func withCart<Value: Sendable>(
        _ cart: CartID, _ body: (inout DeviceCart?) throws(CartError) -> Value
    ) throws(CartError) -> Value {
        let result = carts.withLock { carts -> Result<Value, CartError> in
            do throws(CartError) {
                if carts[cart] == nil {
                    carts[cart] = try mapping {
                        try database.read { try DeviceCartRows($0, cart: cart) }
                    }.map(DeviceCart.init)
                }
                return .success(try body(&carts[cart]))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(CartError) -> Value {
        try mapping { try database.write(body) }
    }

    func mapping<Value>(_ body: () throws -> Value) throws(CartError) -> Value {
        do { return try body() } catch let error as CartError { throw error } catch {
            throw CartError(StorageError(error, path: database.path))
        }
    }

    static var unknownCart: CartError {
        CartError(.unknownCart, "This device has no such cart.", mend: "Start a new trip.")
    }
}

extension CartError {
    /// SYNC-25: a full or read-only disk is said as such.
    public init(_ error: StorageError) {
        let code: Code =
            switch error.code {
            case .full: .storageFull
            case .readOnly: .storageReadOnly
            case .busy: .busy
            case .schemaTooNew: .schemaTooNew
            case .damaged: .damaged
            default: .storage
            }
        self.init(code, error.message, mend: error.mend)
    }
}
