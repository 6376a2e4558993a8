import Foundation
import Testing
import ToteValues

/// A file system of 4 MiB; needs the right to mount.
final class SmallDisk: Sendable {
    let folder: TemporaryFolder
    private static let mount = Program(path: "/usr/bin/mount")
    private static let unmount = "/usr/bin/umount"

    static let isPossible: Bool = {
        guard geteuid() == 0, let folder = try? TemporaryFolder() else { return false }
        let process = Process()
        process.executableURL = URL(filePath: mount.path)
        process.arguments = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.path]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return false }
        release(folder.path)
        return true
    }()

    init() async throws {
        folder = try TemporaryFolder()
        let mounted = try await Self.mount.run(
            ["-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", folder.path])
        #expect(mounted.status == 0, "\(mounted.err)")
    }

    deinit { Self.release(folder.path) }

    private static func release(_ path: String) {
        let process = Process()
        process.executableURL = URL(filePath: unmount)
        process.arguments = [path]
        guard (try? process.run()) != nil else { return }
        process.waitUntilExit()
    }
}

@Suite("A full disk", .enabled(if: Program.areBuilt && SmallDisk.isPossible), .serialized)
struct FullDiskTests {
    @Test("refuses the scan, says so, and loses nothing")
    func full() async throws {
        let store = try await DemoStore.start()
        let disk = try await SmallDisk()
        let environment = [
            "TOTE_HOME": disk.folder.path + "/device", "TOTE_STORE": store.url,
        ]
        let added = try await Program.tote.run(
            ["add", "4012345000016", "--json"], environment: environment)
        #expect(added.status == 0, "\(added.err)")
        let filler = disk.folder.path + "/filler"
        _ = try await Program(path: "/bin/dd").run(["if=/dev/zero", "of=\(filler)", "bs=4096"])
        var refused: Outcome?
        for _ in 0..<40 where refused == nil {
            let outcome = try await Program.tote.run(
                ["add", "4012345000030", "--json"], environment: environment)
            if outcome.status != 0 { refused = outcome }
        }
        #expect(refused?.status == 74, "\(refused?.err ?? "never refused")")
        try FileManager.default.removeItem(atPath: filler)
        let cart = try await Program.tote.run(["cart", "--json"], environment: environment)
        #expect(cart.status == 0, "\(cart.err)")
        #expect(try cart.json()["lines"] != .array([]))
    }
}
