import Foundation
import Testing
import ToteValues

@Suite("What the store does not know yet", .enabled(if: Program.areBuilt), .serialized)
struct SyncStatusTests {
    private func status(_ device: Device) async throws -> String {
        String(decoding: try await device.tote("sync", "--status").out, as: UTF8.self)
    }

    @Test("is listed with its time and words, says since when the store is away, and why")
    func offline() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        let untried = try await status(device)
        #expect(untried.contains("1 is not sent yet: nobody has tried"), "\(untried)")
        _ = try await device.json("sync")
        #expect(try await status(device) == "everything is sent\n")
        _ = await store.killed()
        _ = try await device.json("set", "1", "3")
        _ = try await device.json("remove", "1")
        let failed = try await device.tote("sync")
        #expect(failed.status == 69)
        let lines = try await status(device).split(separator: "\n").map(String.init)
        try #require(lines.count == 3, "\(lines)")
        #expect(lines[0].hasSuffix("Z  2 × Coffee beans 500 g"), "\(lines)")
        #expect(lines[1].contains("taken out: "), "\(lines)")
        #expect(lines[2].hasPrefix("2 are not sent yet: offline since "), "\(lines)")
        let trouble = try await device.json("sync", "--status")["trouble"]
        #expect(trouble?["code"] == .string("unreachable"))
        _ = try await device.tote("sync")
        #expect(try await device.json("sync", "--status")["trouble"] == trouble)
        let again = try await store.restarted()
        _ = try await device.json("sync")
        #expect(try await device.json("sync", "--status")["trouble"] == nil)
        #expect(await again.killed() != 0)
    }
}
