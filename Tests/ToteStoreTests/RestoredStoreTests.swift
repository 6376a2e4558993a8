import Crypto
import FoundationEssentials
import Testing
import ToteCarts
import ToteMessages
import TotePayments
import ToteStore
import ToteValues

/// A real store, its provider and a yesterday's copy of its file.
@Suite("A store restored from yesterday's file")
struct RestoredStoreTests {
    private final class Shop {
        let folder: String
        let clock = FixtureClock()
        let device = DeviceID(World.system.newBytes16())
        var services: StoreServices?
        var cart = CartID(Bytes16(high: 0, low: 0))

        init() async throws {
            let name = "tote-restored-\(Hex.encode(World.system.randomBytes(8)))"
            folder = FileManager.default.temporaryDirectory.appending(path: name).path
            try await open()
            let request = CreateCartRequest(cart: nil, store: 42, device: device, key: "key")
            cart = try await store.carts.create(request, caller: try await ada()).answer.cart
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        var store: StoreServices { get throws { try #require(services) } }

        func open() async throws {
            services = try await StoreServices.open(
                StoreConfiguration(folder: folder, storeNumber: 42, demo: true),
                world: clock.world)
        }

        func ada() async throws -> Caller {
            let member = try await store.members.members().first { $0.login == "ada" }
            return Caller(
                device: device, member: try #require(member).reference(group: 42),
                keyThumbprint: "ada")
        }

        /// While the store is down: the file, and what of it still stands in the log beside.
        func backUp() async throws {
            services = nil
            for end in ["", "-wal"] {
                try? FileManager.default.copyItem(
                    atPath: folder + "/store.sqlite" + end, toPath: folder + "/backup" + end)
            }
            try await open()
        }

        func restore() async throws {
            services = nil
            for end in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: folder + "/store.sqlite" + end)
            }
            for end in ["", "-wal"] {
                try? FileManager.default.copyItem(
                    atPath: folder + "/backup" + end, toPath: folder + "/store.sqlite" + end)
            }
            try await open()
        }

        func scan(_ code: String, _ units: Int, sequence: UInt64) async throws {
            let body = ScanBody(
                code: code, symbology: "ean13", units: units, book: 1, shown: 0, at: clock.now)
            let dot = Dot(device: device, incarnation: Incarnation(7), sequence: sequence)
            _ = try await store.carts.sync(
                cart,
                SyncRequest(
                    cursor: nil, device: device, incarnation: Incarnation(7), from: sequence,
                    operations: [CartOperation(dot: dot, body: .scan(body))]),
                caller: try await ada())
        }

        /// Closes; what the device keeps of it.
        func close() async throws -> PendingClose {
            let caller = try await ada()
            let quote = try await store.carts.quote(cart, caller: caller)
            let closeID = CloseID(World.system.newBytes16())
            let closed = try await store.carts.close(
                cart,
                CloseRequest(
                    closeID: closeID, at: quote.at, quoteHash: quote.quoteHash,
                    totalMinor: quote.totalMinor, currency: quote.currency),
                ifMatch: quote.cursor, caller: caller)
            let set = try await fold().frozenDots.map {
                DotUnits(dot: $0.dot, units: $0.state.frozen)
            }
            return PendingClose(
                closeID: closeID, cart: cart, ordinal: closed.ordinal, cursor: quote.cursor,
                at: quote.at, confirmedSet: set, totalMinor: quote.totalMinor,
                currency: quote.currency, quoteHash: quote.quoteHash)
        }

        func pay(_ ordinal: Int32, capture: Bool = true) async throws -> SettlementAnswer {
            let caller = try await ada()
            let planned = try await store.settlements.plan(
                cart: cart, ordinal: ordinal,
                PlanRequest(tenders: [.newCard(.rest, token: "sb_visa_1111")]), caller: caller)
            guard capture else { return planned }
            return try await store.settlements.capture(
                cart: cart, ordinal: ordinal, caller: caller,
                idempotencyKey: SettlementFixture.newKey())
        }

        func attest(
            _ closes: [PendingClose] = [], receipts: [SignedReceipt] = []
        ) async throws -> AttestAnswer {
            try await store.healing.attest(
                cart,
                AttestRequest(receipts: receipts, confirmedSets: closes.map(ConfirmedSet.init)),
                caller: try await ada())
        }

        func fold() async throws -> Cart {
            let id = cart
            return try #require(try await store.database.read { try CartLog.cart($0, id) })
        }
    }

    @Test("a payment it has forgotten is found, receipted once and never taken again (SYNC-61)")
    func forgottenPayment() async throws {
        let shop = try await Shop()
        try await shop.scan("4012345000016", 2, sequence: 1)
        try await shop.backUp()
        try await shop.scan("4012345000023", 1, sequence: 2)
        let close = try await shop.close()
        let paid = try await shop.pay(close.ordinal)
        #expect(paid.captured == close.totalMinor)
        try await shop.restore()
        #expect(await problem { _ = try await shop.close() } == "reconciling")
        #expect(try await shop.attest([close]).mustReconcile)
        try await shop.scan("4012345000023", 1, sequence: 2)
        #expect(try await !shop.attest([close]).mustReconcile)
        let cart = try await shop.fold()
        #expect(cart.state == .paid && cart.liveUnits == 0)
        #expect(cart.receipts.count == 1)
        let again = try await shop.store.settlements.state(
            cart: shop.cart, ordinal: close.ordinal, caller: try await shop.ada())
        #expect(again.captured == close.totalMinor)
        #expect(again.receipt?.receipt.body.totals.total == close.totalMinor)
        let exit = try await shop.store.exits.exit(
            cart: shop.cart, caller: try await shop.ada())
        #expect(exit.pieces == 3)
    }

    @Test("a device's own receipt comes back under its number; a forged one does not (SYNC-62)")
    func receipt() async throws {
        let shop = try await Shop()
        try await shop.scan("4012345000016", 2, sequence: 1)
        try await shop.backUp()
        let close = try await shop.close()
        let receipt = try #require(try await shop.pay(close.ordinal).receipt)
        try await shop.restore()
        var forged = receipt.receipt
        forged.sequence += 5
        let stranger = try SignedReceipt(
            signing: forged, with: Curve25519.Signing.PrivateKey())
        #expect(try await !shop.attest([close], receipts: [stranger, receipt]).mustReconcile)
        let cart = try await shop.fold()
        #expect(cart.receipts == [1: Hex.encode(receipt.receiptID)])
        let kept = try await shop.store.settlements.receipt(
            sequence: receipt.receipt.sequence, caller: try await shop.ada())
        #expect(kept == receipt)
    }

    @Test("money set aside before the restore is taken under the same key, once (SYNC-61)")
    func openAuthorisation() async throws {
        let shop = try await Shop()
        try await shop.scan("4012345000016", 2, sequence: 1)
        try await shop.backUp()
        let close = try await shop.close()
        _ = try await shop.pay(close.ordinal, capture: false)
        try await shop.restore()
        #expect(try await !shop.attest([close]).mustReconcile)
        #expect(try await shop.fold().state == .closing)
        let paid = try await shop.pay(close.ordinal)
        #expect(paid.captured == close.totalMinor)
        #expect(try await shop.fold().state == .paid)
    }
}
