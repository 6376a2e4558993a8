import Testing
import Tote
import ToteBarcodes
import ToteHTTP
import ToteValues

@Suite("The same wish said twice", .timeLimit(.minutes(2)))
struct RepeatedIntentTests {
    private static let serial = "(01)04012345000016(21)A"
    private static let intent = IntentID(Bytes16(high: 7, low: 7))

    private func input(_ code: String) -> ScanInput {
        ScanInput(bytes: Array(code.utf8), source: .typed)
    }

    private func trip(_ url: String, _ folder: TestFolder) async throws -> ShoppingTrip {
        let address = try #require(StoreURL(url))
        let trip = try await ShoppingTrip.open(
            TripConfiguration(
                home: folder.path + "/device", storeURL: url,
                connection: { _ in HTTPStoreConnection(url: address) }))
        _ = try await trip.prepare()
        return trip
    }

    /// With the checks before the look-up it would be refused as `alreadyInCart`.
    @Test("of a piece with a serial number: the first result again, and nothing added (SYNC-16)")
    func serial() async throws {
        let folder = try TestFolder()
        defer { withExtendedLifetime(folder) {} }
        try await withStore { url in
            let trip = try await trip(url, folder)
            let first = try await trip.scan(input(Self.serial), intent: Self.intent)
            let again = try await trip.scan(input(Self.serial), intent: Self.intent)
            #expect(again.dots == first.dots && again.line == first.line)
            #expect(again.standing == .inCart)
            let other = await #expect(throws: TripError.self) {
                try await trip.scan(input(Self.serial))
            }
            #expect(other?.code == "alreadyInCart")
        }
    }

    @Test("of a scan that was taken out since: told so, and it stays out (SYNC-16, SYNC-I3)")
    func takenOut() async throws {
        let folder = try TestFolder()
        defer { withExtendedLifetime(folder) {} }
        try await withStore { url in
            let trip = try await trip(url, folder)
            let first = try await trip.scan(input("4012345000016"), intent: Self.intent)
            _ = try await trip.scan(input("4012345000030"))
            _ = try await trip.remove(.number(1))
            let again = try await trip.scan(input("4012345000016"), intent: Self.intent)
            #expect(again.standing == .removed && again.dots == first.dots)
            #expect(again.line.name == first.line.name && again.line.number == 0)
            #expect(again.cart.lines.map(\.sku) == ["04012345000030"])
        }
    }

    @Test("of a scan that was paid since: told so, and nothing is in the next cart (SYNC-16)")
    func paid() async throws {
        let folder = try TestFolder()
        defer { withExtendedLifetime(folder) {} }
        try await withStore { url in
            let trip = try await trip(url, folder)
            _ = try await trip.scan(input("4012345000016"), intent: Self.intent)
            _ = try await trip.pay(
                [TenderChoice(kind: "newCard", amountMinor: nil, reference: "sb_visa_4242")],
                confirmed: nil)
            let again = try await trip.scan(input("4012345000016"), intent: Self.intent)
            #expect(again.standing == .paid)
            #expect(again.cart.lines.isEmpty)
        }
    }
}
