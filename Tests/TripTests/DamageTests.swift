import Foundation
import Testing
import ToteValues

@Suite("Damaged and busy device files", .enabled(if: Program.areBuilt), .serialized)
struct DamageTests {
    @Test("a second tote on the same home is told to try later, and the cart is as it was")
    func second() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        let input = Pipe()
        let folder = try TemporaryFolder()
        let first = try Program.tote.start(
            ["shop"], input: input.fileHandleForReading, output: folder.path + "/out",
            errors: folder.path + "/err", environment: device.environment)
        try await waitForLock(device)
        let second = try await device.tote("add", "4012345000030", "--json")
        #expect(second.status == 75, "\(second.err)")
        #expect(second.refusal == "busy")
        try input.fileHandleForWriting.close()
        #expect(await first.end(limitSeconds: 20) == 0)
        let cart = try await device.json("cart")
        guard case .array(let lines)? = cart["lines"] else { return }
        #expect(lines.count == 1)
    }

    @Test("commands that meet for a moment wait for each other")
    func together() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<3 {
                group.addTask { try await device.tote("add", "4012345000030").status }
            }
            return try await group.reduce(into: [Int32]()) { $0.append($1) }
        }
        #expect(statuses == [0, 0, 0])
    }

    private func waitForLock(_ device: Device) async throws {
        for _ in 0..<100 {
            if try await device.tote("sync", "--status").status == 75 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    @Test("a damaged device file is kept beside, and the trip goes on with what can be read")
    func damaged() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        let folder = device.home.path + "/device"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        let database = try #require(
            files.first { $0.hasSuffix(".sqlite") && !$0.contains("catalogue") }, "\(files)")
        try overwrite(folder + "/" + database)
        let outcome = try await device.tote("cart", "--json")
        #expect([0, 74].contains(outcome.status), "\(outcome.status) \(outcome.err)")
        let now = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(now.count >= files.count)
    }

    /// Nonsense over the header and the first pages.
    private func overwrite(_ path: String) throws {
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.write(contentsOf: Data(repeating: 0xA5, count: 8192))
        try file.close()
    }

    @Test("a token file that others can read is refused with the way to fix it")
    func openTokenFile() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("cart")
        let path = device.home.path + "/device/tokens.json"
        _ = FileManager.default.createFile(
            atPath: path, contents: Data("{}".utf8), attributes: [.posixPermissions: 0o644])
        let outcome = try await device.tote("whoami", "--json")
        #expect(outcome.status == 77, "\(outcome.err)")
    }
}
