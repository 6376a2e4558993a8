import Foundation
import Testing
import ToteValues

@Suite("A session that the store no longer accepts", .enabled(if: Program.areBuilt), .serialized)
struct SessionTests {
    @Test("a suspended member is told so, keeps the cart, and can go on scanning")
    func suspended() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        try await device.signIn(at: store.url, as: "ben")
        _ = try await device.json("add", "4012345000016")
        _ = await store.killed()
        let suspend = try await Program.store.run(
            ["members", "suspend", "ben", "--folder", store.folder.path + "/store"])
        #expect(suspend.status == 0, "\(suspend.err)")
        let again = try await store.restarted()
        #expect(try await device.json("whoami")["state"] == .string("suspended"))
        try await device.refuses(["pay", "--yes"], status: 77)
        _ = try await device.json("add", "4012345000030")
        _ = again
    }

    @Test("a cart that the store knows as a guest's becomes the member's, empty or not")
    func loginMidTrip() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("sync")
        try await device.signIn(at: store.url)
        _ = try await device.json("add", "4012345000016")
        _ = try await device.json("pay", "--yes")
    }

    @Test("logout works without the store, and twice")
    func logout() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        try await device.signIn(at: store.url)
        _ = await store.killed()
        #expect(try await device.json("logout")["signedIn"] == .bool(false))
        #expect(try await device.json("logout")["signedIn"] == .bool(false))
        #expect(try await device.json("whoami")["signedIn"] == .bool(false))
    }
}
