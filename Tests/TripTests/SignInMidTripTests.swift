import Foundation
import Testing
import Tote
import ToteBarcodes
import ToteHTTP
import ToteValues

@Suite("Who shops changes in the middle of a trip", .enabled(if: Program.areBuilt), .serialized)
struct SignInMidTripTests {
    @Test(
        "signing in and out again keeps the cart, and it is paid as a guest",
        .timeLimit(.minutes(2)))
    func inAndOut() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        _ = try await device.json("sync")
        try await device.signIn(at: store.url)
        _ = try await device.json("add", "4012345000030")
        _ = try await device.json("sync")
        #expect(try await device.json("cart")["member"] == .bool(true))
        #expect(try await device.tote("logout").status == 0)
        try await paysAsGuest(device)
    }

    @Test("a trip begun by a member goes on as a guest's after signing out (GUEST-3)")
    func memberLeaves() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        try await device.signIn(at: store.url)
        for code in ["4012345000016", "4012345000030"] { _ = try await device.json("add", code) }
        _ = try await device.json("sync")
        #expect(try await device.tote("logout").status == 0)
        try await paysAsGuest(device)
    }

    private func paysAsGuest(_ device: Device) async throws {
        _ = try await device.json("add", "4012345000115")
        #expect(try await device.json("sync")["unsent"] == .array([]))
        let cart = try await device.json("cart")
        #expect(cart["member"] == .bool(false))
        guard case .array(let lines)? = cart["lines"] else { return }
        #expect(lines.count == 3)
        let payment = try await device.json("pay", "--yes", "--card", "sb_visa_4242")
        #expect(payment["state"] == .string("captured"))
        #expect(payment["total"] == cart["total"])
        #expect(try await device.tote("exit").status == 0)
    }

    @Test("no two guest trips share a device or a key (GUEST-1)")
    func guests() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        var names: Set<String> = []
        for _ in 0..<2 {
            let added = try await device.json("add", "4012345000030")
            guard case .array(let dots)? = added["added"], case .string(let dot)? = dots.first
            else { return }
            names.insert(String(dot.prefix(32)))
            _ = try await device.json("pay", "--yes", "--card", "sb_visa_4242")
            _ = try await device.json("exit")
        }
        #expect(names.count == 2)
        let file = try Data(contentsOf: URL(filePath: device.home.path + "/device/tokens.json"))
        guard case .array(let keys)? = try StrictJSON.parse(Array(file))["tripKeys"] else {
            Issue.record("no key of a trip")
            return
        }
        #expect(Set(keys.compactMap { $0["key"] }.map(\.canonicalText)).count == 2)
    }

    @Test(
        "a device whose clock is ten years off scans, syncs and pays (SYNC-I13)",
        .timeLimit(.minutes(2)), arguments: [-315_360_000, 315_360_000] as [Int64])
    func wrongClock(skewSeconds: Int64) async throws {
        let store = try await DemoStore.start()
        let folder = try TemporaryFolder()
        var world = World.system
        world.now = { World.system.now().adding(seconds: skewSeconds) }
        let address = try #require(StoreURL(store.url))
        let trip = try await ShoppingTrip.open(
            TripConfiguration(
                home: folder.path + "/device", storeURL: store.url,
                connection: { _ in HTTPStoreConnection(url: address) }, world: world))
        _ = try await trip.prepare()
        let prompt = try await trip.startSignIn()
        try await Browser(store: store.url).approve(prompt.userCode)
        _ = try await trip.finishSignIn()
        for code in ["4012345000016", "4012345000030"] {
            _ = try await trip.scan(ScanInput(typed: code))
        }
        #expect(try await trip.sync().unsent.isEmpty)
        let cart = try await trip.cart()
        #expect(cart.member)
        let payment = try await trip.pay(
            [TenderChoice(kind: "cardOnFile", amountMinor: nil, reference: nil)],
            confirmed: cart.totalMinor)
        #expect(payment.capturedMinor == cart.totalMinor)
        #expect(try await trip.exitPass().minutesLeft > 0)
    }
}
