import GRDB
import ToteBarcodes
import ToteCatalogue
import ToteExits
import TotePayments
import ToteStorage
package import ToteValues

/// All that a store does, ready to be asked; the routes are thin adaptors to these.
package struct StoreServices: Sendable {
    package let configuration: StoreConfiguration
    package let world: World
    package let address: StoreAddress
    package let keys: StoreKeys
    package let database: StoreDatabase
    package let catalogue: StoreCatalogue
    package let members: MemberAuthority
    package let carts: CartService
    package let settlements: SettlementService
    package let healing: HealingService
    package let syncRate: SyncRate
    package let exits: ExitService
    let activatePage: ActivatePage

    /// Opens the folder's files, makes what is missing, seeds the demo when asked, and asks what
    /// became of the payments that a crash interrupted.
    /// - Throws: `StorageError`: `busy` when another process serves this folder; `CatalogueError`,
    ///   `StoreKeysError`.
    /// - Parameter bench: checks passwords.
    package static func open(
        _ configuration: StoreConfiguration, world: World, bench: PasswordBench = PasswordBench()
    ) async throws -> StoreServices {
        let folder = configuration.folder
        try PrivateFile.makeFolder(folder)
        let keys = try StoreKeys.open(
            folder: folder, store: configuration.storeNumber, world: world)
        let database = try StoreDatabase.open(folder: folder, world: world)
        let address = StoreAddress(publicURL: configuration.publicURL)
        let members = await MemberAuthority(
            database: database, world: world, tokenKey: keys.token,
            sealKey: Hashing.sha256(signatureDomain("member-columns") + keys.sealKey),
            address: address, store: configuration.storeNumber, bench: bench)
        // The provider is outside the store: no restore of the store takes its book back.
        try PrivateFile.makeFolder(folder + "/sandbox")
        let book = try StoreDatabase.open(
            folder: folder + "/sandbox", world: world,
            steps: [StoreLineage.step] + SandboxBook.steps)
        let services = StoreServices(
            configuration: configuration, world: world, address: address, keys: keys,
            database: database, provider: SandboxProvider(database: book, world: world),
            catalogue: try shop(configuration, keys: keys, now: world.now()), members: members)
        try await services.begin()
        return services
    }

    private init(
        configuration: StoreConfiguration, world: World, address: StoreAddress, keys: StoreKeys,
        database: StoreDatabase, provider: any PaymentProvider, catalogue: StoreCatalogue,
        members: MemberAuthority
    ) {
        self.configuration = configuration
        self.world = world
        self.address = address
        self.keys = keys
        self.database = database
        self.catalogue = catalogue
        self.members = members
        let quotes = StoreQuotes(shop: catalogue)
        carts = CartService(
            database: database, world: world, store: configuration.storeNumber,
            pricing: quotes.pricing,
            grant: { cart, device, caller in
                try await members.grant(cart: cart, device: device, caller: caller)
            })
        let settled = SettlementCarts.store(
            database: database, catalogue: catalogue, world: world)
        settlements = SettlementService(
            database: database, carts: settled, keys: keys, provider: provider, world: world)
        syncRate = SyncRate(world: world)
        healing = HealingService(
            carts: carts, settlements: settlements, keys: keys,
            quote: { cart, frozen, caller in
                try SettlementQuote(
                    of: cart, frozen: frozen, catalogue: catalogue.catalogue, caller: caller)
            })
        exits = ExitService(database: database, carts: settled, keys: keys, world: world)
        activatePage = ActivatePage(storeName: catalogue.catalogue.profile.name)
    }

    /// Points that the caller may burn now.
    func points(of caller: Caller) async throws -> Int64 {
        guard let member = caller.member else { return 0 }
        return try await database.read { db in
            try InternalBalances.points(db, member: member.pairwiseID)
        }
    }

    private func begin() async throws {
        try await members.purge()
        if configuration.demo { try await seedDemo() }
        try await settlements.recover()
    }

    private func seedDemo() async throws {
        try await DemoMembers.seed(members)
        let seeded = try await members.members()
        let balances = DemoMembers.all.compactMap { entry in
            seeded.first { $0.login == entry.login }.map { member in
                (
                    pairwiseID: member.reference(group: configuration.storeNumber).pairwiseID,
                    points: entry.points
                )
            }
        }
        let demo = settlements.demoBalances
        let currency = catalogue.catalogue.profile.currency
        try await database.write { db in
            try demo.seed(db, currency: currency, members: balances)
        }
    }
}

extension StoreServices {
    /// The folder's catalogue; a new folder begins with the demo shop, or with empty shelves.
    private static func shop(
        _ configuration: StoreConfiguration, keys: StoreKeys, now: Moment
    ) throws -> StoreCatalogue {
        var first = Assortment(
            profile: DemoShop.profile, products: [], entries: [], promotions: [])
        first.profile.name = "Store \(configuration.storeNumber)"
        if configuration.demo { first = try DemoShop.assortment() }
        first.profile.store = configuration.storeNumber
        first.profile.rules = first.profile.rules.replacing(store: configuration.storeNumber)
        return try StoreCatalogue(
            folder: configuration.folder,
            catalogueSigner: try keys.documentSigner(.catalogue, at: now),
            priceBookSigner: try keys.documentSigner(.priceBook, at: now), first: first, at: now)
    }
}
