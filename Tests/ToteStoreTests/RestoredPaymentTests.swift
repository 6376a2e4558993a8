import Foundation
import GRDB
import Testing
import Tote
import ToteBarcodes
import ToteHTTP
import ToteStore
import ToteValues

/// The whole way of SYNC-61 over a socket: a store comes back from backup, and the device that
/// paid there tells it.
@Suite("A store restored to before a payment", .timeLimit(.minutes(2)))
struct RestoredPaymentTests {
    private static let card = [
        TenderChoice(kind: "newCard", amountMinor: nil, reference: "sb_visa_4242")
    ]

    private final class Shop: Sendable {
        let folder: TestFolder
        let device: TestFolder

        init() throws {
            folder = try TestFolder()
            device = try TestFolder()
        }

        private var files: [String] {
            ["", "-wal", "-shm"].map { folder.path + "/" + StoreDatabase.fileName + $0 }
        }

        func trip(_ url: String) async throws -> ShoppingTrip {
            let address = try #require(StoreURL(url))
            let trip = try await ShoppingTrip.open(
                TripConfiguration(
                    home: device.path + "/device", storeURL: "http://store.test",
                    connection: { _ in HTTPStoreConnection(url: address) }))
            _ = try await trip.prepare()
            return trip
        }

        /// The store serves as long as this lasts.
        func open(_ body: @escaping @Sendable (ShoppingTrip) async throws -> Void) async throws {
            let path = folder.path
            try await withStore({ $0.folder = path }) { url in
                try await body(try await self.trip(url))
            }
        }

        func backUp() throws {
            for file in files where FileManager.default.fileExists(atPath: file) {
                try FileManager.default.copyItem(atPath: file, toPath: file + ".backup")
            }
        }

        func restore() throws {
            for file in files {
                try? FileManager.default.removeItem(atPath: file)
                guard FileManager.default.fileExists(atPath: file + ".backup") else { continue }
                try FileManager.default.copyItem(atPath: file + ".backup", toPath: file)
            }
        }

        func number(_ sql: String) throws -> Int {
            let queue = try DatabaseQueue(path: folder.path + "/" + StoreDatabase.fileName)
            return try queue.read { try Int.fetchOne($0, sql: sql) ?? 0 }
        }
    }

    private static func scan(_ trip: ShoppingTrip, _ code: String) async throws {
        _ = try await trip.scan(ScanInput(bytes: Array(code.utf8), source: .typed))
    }

    @Test("hears of it from the device at its next sync, and the cart is paid there again")
    func nextTrip() async throws {
        let shop = try Shop()
        try await shop.open { trip in
            try await Self.scan(trip, "4012345000016")
            _ = try await trip.sync()
        }
        try shop.backUp()
        try await shop.open { trip in
            try await Self.scan(trip, "4012345000030")
            _ = try await trip.pay(Self.card, confirmed: nil)
        }
        #expect(try shop.number("SELECT count(*) FROM cart WHERE state = 'paid'") == 1)
        try shop.restore()
        #expect(try shop.number("SELECT count(*) FROM cart WHERE state = 'paid'") == 0)
        try await shop.open { trip in
            try await Self.scan(trip, "4012345000016")
            _ = try await trip.sync()
            #expect(try await trip.cart().lines.count == 1)
        }
        #expect(try shop.number("SELECT count(*) FROM cart WHERE state = 'paid'") == 1)
        let unhealed = "SELECT count(*) FROM cart WHERE mustReconcile = 1 AND state = 'paid'"
        #expect(try shop.number(unhealed) == 0)
        #expect(
            try shop.number("SELECT count(*) FROM settlement WHERE state = 'settled'") == 1)
    }
}
