import Testing
import ToteValues

@Suite("A device between two stores", .enabled(if: Program.areBuilt))
struct OtherStoreTests {
    @Test("tokens of one store are not taken to another")
    func tokens() async throws {
        let store = try await DemoStore.start()
        let other = try await DemoStore.start()
        let device = try Device(store: store.url)
        try await device.signIn(at: store.url)
        let moved = try await Program.tote.run(
            ["whoami", "--json", "--store", other.url], environment: device.environment)
        #expect(moved.status == 78 && moved.refusal == "wrongStore", "\(moved.err)")
        #expect(moved.err.contains("tote logout --store \(store.url)"))
        #expect(try await device.json("whoami")["name"] == .string("Ada"))
    }

    @Test("articles of one store are not shown as another's")
    func articles() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        #expect(try await device.tote("lookup", "4012345000016").status == 0)
        let nowhere = "http://127.0.0.1:\(try LoopbackSocket.freePort())"
        let moved = try await Program.tote.run(
            ["lookup", "4012345000016", "--json", "--store", nowhere],
            environment: device.environment)
        #expect(moved.status == 69, "\(moved.out) \(moved.err)")
    }
}
