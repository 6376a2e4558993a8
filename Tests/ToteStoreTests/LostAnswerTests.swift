import Synchronization
import Testing
import Tote
import ToteBarcodes
import ToteHTTP
import TotePayments
import TotePrivacy
import ToteSync
import ToteValues

/// The store does what it is asked, and its answer never arrives.
private final class LosingConnection: StoreConnection {
    let inner: HTTPStoreConnection
    let lost = Mutex<String?>(nil)

    init(_ url: String) throws { inner = HTTPStoreConnection(url: try #require(StoreURL(url))) }

    var baseURL: String { inner.baseURL }
    var host: String { inner.host }

    func send(
        _ request: StoreRequest, permit: consuming EgressPermit
    ) async throws(StoreConnectionError) -> StoreResponse {
        let response = try await inner.send(request, permit: permit)
        let isLost = lost.withLock { route in
            defer { if route == request.route { route = nil } }
            return route == request.route
        }
        if isLost { throw .cut }
        return response
    }
}

@Suite("An answer lost while paying", .timeLimit(.minutes(2)))
struct LostAnswerTests {
    private static let card = [
        TenderChoice(kind: "newCard", amountMinor: nil, reference: "sb_visa_4242")
    ]

    private struct Shopper {
        let trip: ShoppingTrip
        let connection: LosingConnection
        let folder: TestFolder

        init(_ url: String) async throws {
            let folder = try TestFolder()
            let connection = try LosingConnection(url)
            self.folder = folder
            self.connection = connection
            trip = try await ShoppingTrip.open(
                TripConfiguration(
                    home: folder.path + "/device", storeURL: url, connection: { _ in connection }))
            _ = try await trip.prepare()
        }

        @discardableResult
        func scan(_ code: String) async throws -> Int64 {
            try await trip.scan(ScanInput(bytes: Array(code.utf8), source: .typed)).cart.totalMinor
        }

        func failsToPay(losing route: String) async throws {
            connection.lost.withLock { $0 = route }
            let error = await #expect(throws: TripError.self) {
                try await trip.pay(LostAnswerTests.card, confirmed: nil)
            }
            #expect(error?.code == "unreachable")
        }
    }

    @Test("of a capture: the next sync brings the receipt, and paying again takes nothing")
    func capture() async throws {
        try await withStore { url in
            let shopper = try await Shopper(url)
            let total = try await shopper.scan("4012345000016")
            try await shopper.failsToPay(
                losing: "/v1/carts/{id}/settlements/{n}/capture")
            await #expect(throws: TripError.self) { try await shopper.trip.endTrip() }
            _ = try await shopper.trip.sync()
            let receipt = try await shopper.trip.receipt()
            #expect(receipt.receipt.body.totals.total == total)
            #expect(receipt.receipt.sequence == 1)
            #expect(try await shopper.trip.exitPass().pieces == 1)
            #expect(try await shopper.trip.cart().lines.isEmpty)
            await #expect(throws: TripError.self) {
                try await shopper.trip.pay(Self.card, confirmed: nil)
            }
        }
    }

    @Test("of a capture: paying again is answered with what was paid")
    func payAgain() async throws {
        try await withStore { url in
            let shopper = try await Shopper(url)
            let total = try await shopper.scan("4012345000016")
            try await shopper.failsToPay(losing: "/v1/carts/{id}/settlements/{n}/capture")
            let again = try await shopper.trip.pay(Self.card, confirmed: total)
            #expect(again.state == "captured" && again.capturedMinor == total)
            #expect(try await shopper.trip.receipt().receipt.sequence == 1)
        }
    }

    @Test("of a close: what is scanned after it is not in its total and goes on in the next cart")
    func close() async throws {
        try await withStore { url in
            let shopper = try await Shopper(url)
            let first = try await shopper.scan("4012345000016")
            try await shopper.failsToPay(losing: "/v1/carts/{id}/close")
            let both = try await shopper.scan("4012345000030")
            let paid = try await shopper.trip.pay(Self.card, confirmed: nil)
            #expect(paid.capturedMinor == first)
            let late = try await shopper.trip.cart()
            #expect(late.lines.map(\.sku) == ["04012345000030"])
            #expect(late.totalMinor == both - first)
            let rest = try await shopper.trip.pay(Self.card, confirmed: late.totalMinor)
            #expect(rest.capturedMinor == both - first)
            #expect(try await shopper.trip.cart().lines.isEmpty)
        }
    }

    @Test("of a close: a yes to another total than the frozen one pays nothing and opens the cart")
    func otherTotal() async throws {
        try await withStore { url in
            let shopper = try await Shopper(url)
            try await shopper.scan("4012345000016")
            try await shopper.failsToPay(losing: "/v1/carts/{id}/close")
            let both = try await shopper.scan("4012345000030")
            let error = await #expect(throws: TripError.self) {
                try await shopper.trip.pay(Self.card, confirmed: both)
            }
            #expect(error?.code == "totalChanged")
            let cart = try await shopper.trip.cart()
            #expect(cart.state == "open" && cart.totalMinor == both)
            let paid = try await shopper.trip.pay(Self.card, confirmed: both)
            #expect(paid.capturedMinor == both)
        }
    }
}
