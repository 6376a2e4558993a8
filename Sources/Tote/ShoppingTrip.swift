import GRDB
import ToteCarts
import ToteCatalogue
import ToteMembers
import ToteOffers
import TotePrivacy
public import ToteStorage
import ToteSync
import ToteValues

/// A shopping trip on one device: scan, see the true total, sync, pay, leave.
///
/// Everything a phone, a kiosk or the terminal does goes through this actor. It decides nothing
/// that a pure module decides; it keeps the files, carries values from step to step and performs
/// effects. Scanning and pricing never wait for the network.
public actor ShoppingTrip {
    let world: World
    let home: TripHome
    let carts: CartStore
    let database: DatabaseQueue
    let ledger: EgressLedger
    let tokens: TokenStore
    let openConnection: @Sendable (String) -> any StoreConnection
    /// What was found and kept if the device file had to be salvaged.
    public nonisolated let salvage: SalvageReport?

    /// Held until the trip is let go: one process, one device file (SYNC-23).
    private let lock: FileLock
    var installed: Catalogue?
    var offers: BookOffers?
    var client: StoreClient?
    var isOffline = false
    var signIn = SignIn()

    /// Opens the device's files.
    /// - Throws: `busy` (exit 75) when another process has them, `schemaTooNew`, `readOnly` … A
    ///   damaged device file is salvaged, not refused: see `salvage`.
    public static func open(
        _ configuration: TripConfiguration
    ) async throws(TripError) -> ShoppingTrip {
        let home = try TripHome(folder: configuration.home)
        let lock: FileLock
        let database: DatabaseQueue
        let salvage: SalvageReport?
        do throws(StorageError) {
            lock = try FileLock.acquire(path: home.lock)
            (database, salvage) = try DatabaseFile.openOrSalvage(
                path: home.database, steps: CartStore.steps + EgressLedger.steps,
                salvage: CartStore.salvage(world: configuration.world))
        } catch { throw TripError(error) }
        let carts = try cartErrors { () throws(CartError) in
            try CartStore(database: database, world: configuration.world)
        }
        let trip = ShoppingTrip(
            configuration, home: home, lock: lock, database: database, carts: carts,
            salvage: salvage)
        try await trip.chooseStore(configuration.storeURL)
        return trip
    }

    private init(
        _ configuration: TripConfiguration, home: TripHome, lock: FileLock,
        database: DatabaseQueue, carts: CartStore, salvage: SalvageReport?
    ) {
        self.world = configuration.world
        self.home = home
        self.lock = lock
        self.carts = carts
        self.database = database
        self.ledger = EgressLedger(database: database, world: configuration.world)
        self.salvage = salvage
        self.tokens = TokenStore(folder: home.folder)
        self.openConnection = configuration.connection
    }

    /// The store of this trip: the one named now, else the one of the last contact.
    private func chooseStore(_ named: String?) throws(TripError) {
        let known = try cartErrors { () throws(CartError) in try carts.meta(MetaKey.storeURL) }
        if let named, let known, named != known, try hasOpenGoods() {
            throw TripError(
                code: "wrongStore", kind: .configuration,
                message: "This trip is under way at another store.",
                mend: "Finish it there, or empty the cart: tote remove --all")
        }
        guard let url = named ?? known else { return }
        if url != known {
            try cartErrors { () throws(CartError) in
                try carts.setMeta(MetaKey.storeURL, url)
                try carts.setMeta(MetaKey.storeRoot, nil)
            }
        }
        client = StoreClient(connection: openConnection(url), ledger: ledger)
    }
}

/// Small texts that the device file keeps.
enum MetaKey {
    static let storeURL = "store.url"
    /// The store's root key, pinned at first contact: 64 hexadecimal digits.
    static let storeRoot = "store.root"
    /// The signed key set, as received.
    static let keySet = "store.keySet"
    /// What pricing may know of the member, as received (`offers.md` section 11).
    static let pricingMember = "member.pricing"
    static func grant(_ cart: CartID) -> String { "grant." + cart.text }
    static func payment(_ cart: CartID) -> String { "payment." + cart.text }
    static func pass(_ cart: CartID) -> String { "pass." + cart.text }
}

/// Runs `body` and gives its cart errors the trip's shape.
func cartErrors<Value>(
    _ body: () throws(CartError) -> Value
) throws(TripError) -> Value {
    do { return try body() } catch { throw TripError(error) }
}
