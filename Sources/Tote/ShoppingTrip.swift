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
    /// The device's, with the store's time.
    let world: World
    let clock: StoreClock
    let home: TripHome
    let carts: CartStore
    let database: DatabaseQueue
    let ledger: EgressLedger
    let tokens: TokenStore
    let openConnection: @Sendable (String) -> any StoreConnection
    /// What was found and kept if the device file had to be salvaged.
    public nonisolated let salvage: SalvageReport?
    /// Why the device file can only be read, such as a full disk; then nothing is sent either.
    public nonisolated let refusal: TripError?

    /// Held until the trip is let go: one process, one device file (SYNC-23).
    private let lock: FileLock
    var installed: Catalogue?
    var offers: BookOffers?
    var client: StoreClient?
    var runner: (cart: CartID, runner: SyncRunner)?
    var isOffline = false
    var signIn = SignIn()

    /// Opens the device's files.
    /// - Throws: `busy` (exit 75) when another process has them, `schemaTooNew` … A damaged device
    ///   file is salvaged, not refused: see `salvage`. On a full or read-only disk what is saved
    ///   can be read: see `refusal` (SYNC-25).
    public static func open(
        _ configuration: TripConfiguration
    ) async throws(TripError) -> ShoppingTrip {
        let home = try TripHome(folder: configuration.home)
        let lock = try await lock(home)
        let file = try TripFile(home, world: configuration.world)
        let clock = try storeClock(configuration.world, file.database)
        let carts = try cartErrors { () throws(CartError) in
            try CartStore(database: file.database, world: clock.world)
        }
        let trip = ShoppingTrip(
            configuration, home: home, lock: lock, file: file, carts: carts, clock: clock)
        if file.refusal == nil { try await trip.recogniseHome() }
        try await trip.chooseStore(configuration.storeURL)
        return trip
    }

    /// A command that runs for a moment is waited for, up to a second; a running shop is not.
    private static func lock(_ home: TripHome) async throws(TripError) -> FileLock {
        for attempt in 1... {
            do throws(StorageError) {
                return try FileLock.acquire(path: home.lock)
            } catch {
                guard error.code == .busy, attempt <= 10 else { throw TripError(error) }
            }
            try? await Task.sleep(for: .milliseconds(100))
        }
        throw .internalDefect("the lock was neither had nor refused")
    }

    private init(
        _ configuration: TripConfiguration, home: TripHome, lock: FileLock, file: TripFile,
        carts: CartStore, clock: StoreClock
    ) {
        self.world = clock.world
        self.clock = clock
        self.home = home
        self.lock = lock
        self.carts = carts
        self.database = file.database
        self.ledger = EgressLedger(database: file.database, world: clock.world)
        self.salvage = file.salvage
        self.refusal = file.refusal
        self.tokens = TokenStore(folder: home.folder)
        self.openConnection = configuration.connection
    }

    /// A copied or restored home goes on in streams of its own (SYNC-32).
    private func recogniseHome() throws(TripError) {
        let mark: String
        do {
            mark = try HomeMark.text(database: home.database, nonce: home.nonce, world: world)
        } catch { throw TripError(error) }
        try cartErrors { () throws(CartError) in try carts.recognise(home: mark) }
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
        if let known, url != known { try leave(known) }
        if url != known {
            try cartErrors { () throws(CartError) in
                try carts.setMeta(MetaKey.storeURL, url)
                try carts.setMeta(MetaKey.storeRoot, nil)
            }
        }
        client = StoreClient(
            connection: openConnection(url), ledger: ledger, clock: clock)
    }

    /// The store's time as it was last heard, so that scans are right also before the next answer.
    private static func storeClock(
        _ world: World, _ database: DatabaseQueue
    ) throws(TripError) -> StoreClock {
        let carts = try cartErrors { () throws(CartError) in
            try CartStore(database: database, world: world)
        }
        let kept = try cartErrors { () throws(CartError) in
            try carts.meta(MetaKey.clockOffset)
        }
        return StoreClock(
            world: world, offsetMilliseconds: kept.flatMap { Int64($0) } ?? 0,
            changed: { offset in try? carts.setMeta(MetaKey.clockOffset, String(offset)) })
    }

    /// What one store gave is not for another: its tokens are not sent there, its articles and
    /// prices are not shown as the other's, nor held against their versions.
    private func leave(_ store: String) throws(TripError) {
        if try membership() != nil {
            throw TripError(
                code: "wrongStore", kind: .configuration,
                message: "Somebody is signed in at another store.",
                mend: "Sign out there first: tote logout --store \(store)")
        }
        try cartErrors { () throws(CartError) in try carts.setMeta(MetaKey.clockOffset, nil) }
        do throws(StorageError) {
            for suffix in ["", "-journal"] { try FileSystem.remove(home.catalogue + suffix) }
        } catch { throw TripError(error) }
    }
}

/// Small texts that the device file keeps.
enum MetaKey {
    static let storeURL = "store.url"
    /// The store's root key, pinned at first contact: 64 hexadecimal digits.
    static let storeRoot = "store.root"
    /// The signed key set, as received.
    static let keySet = "store.keySet"
    /// Milliseconds that the store's clock is ahead of this device's.
    static let clockOffset = "store.clockOffset"
    /// Why the last sync failed; absent when it went well.
    static let syncTrouble = "sync.trouble"
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
