import Foundation
import GRDB
import Testing
import ToteValues

/// Files that are copied, put back from a backup, newer or in use, with the real programs.
@Suite("A device's folder in two places", .enabled(if: Program.areBuilt), .serialized)
struct CopiedHomeTests {
    private static let coffee = "4012345000016"
    private static let chocolate = "4012345000030"

    @Test("is two devices: what either scans counts, and both see it (SYNC-32)")
    func copied() async throws {
        let store = try await DemoStore.start()
        let original = try Device(store: store.url)
        _ = try await original.json("add", Self.coffee)
        _ = try await original.json("sync")
        let copy = try Device(store: store.url)
        try FileManager.default.copyItem(
            atPath: original.home.path + "/device", toPath: copy.home.path + "/device")
        // The same code in the same place of both streams, if they were one.
        for device in [original, copy] { _ = try await device.json("add", Self.chocolate) }
        for device in [original, copy, original] { _ = try await device.json("sync") }
        let seen = try await original.json("cart")
        #expect(Device.scans(in: seen) == 3)
        #expect(Device.dots(of: try await copy.json("cart")) == Device.dots(of: seen))
    }

    @Test("is healed when its file is overwritten by an older one (SYNC-2)")
    func restoredInPlace() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", Self.coffee)
        _ = try await device.json("sync")
        let path = device.home.path + "/device/trip.sqlite"
        let backup = try Data(contentsOf: URL(filePath: path))
        _ = try await device.json("add", Self.coffee)
        _ = try await device.json("sync")
        // The file keeps its number, so only the store can tell.
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: backup)
        try file.close()
        _ = try await device.json("add", Self.chocolate)
        for _ in 0..<2 { _ = try await device.json("sync") }
        #expect(Device.scans(in: try await device.json("cart")) == 3)
    }

    @Test("is refused untouched by an older version than wrote it (SYNC-30)")
    func newer() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", Self.coffee)
        let path = device.home.path + "/device/trip.sqlite"
        try await step(into: path)
        let before = try Data(contentsOf: URL(filePath: path))
        let outcome = try await device.tote("cart", "--json")
        #expect(outcome.status == 74 && outcome.refusal == "schemaTooNew", "\(outcome.err)")
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        _ = await store.killed()
        try await step(into: store.folder.path + "/store/store.sqlite")
        let served = try await serve(store)
        #expect(served.status == 74 && served.err.contains("schemaTooNew"), "\(served.err)")
    }

    @Test("of a store is not served twice (SYNC-23)")
    func servedTwice() async throws {
        let store = try await DemoStore.start()
        let second = try await serve(store)
        #expect(second.status == 75 && second.err.contains("busy"), "\(second.err)")
        #expect(LoopbackSocket.answers(port: store.port))
    }

    private func serve(_ store: DemoStore) async throws -> Outcome {
        try await Program.store.run([
            "serve", "--port", String(try LoopbackSocket.freePort()), "--folder",
            store.folder.path + "/store",
        ])
    }

    private func step(into path: String) async throws {
        let queue = try DatabaseQueue(path: path)
        try await queue.write {
            try $0.execute(sql: "INSERT INTO schemaStep (identifier) VALUES ('future.1')")
        }
        try queue.close()
    }
}
