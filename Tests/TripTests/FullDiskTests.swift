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

    func remount(_ mode: String) async throws {
        let done = try await Self.mount.run(["-o", "remount,\(mode)", folder.path])
        #expect(done.status == 0, "\(done.err)")
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
        #expect(refused?.err.contains("storageFull") == true, "\(refused?.err ?? "")")
        try await reads(environment, doctor: "the disk is full")
        try FileManager.default.removeItem(atPath: filler)
        let cart = try await Program.tote.run(["cart", "--json"], environment: environment)
        #expect(cart.status == 0, "\(cart.err)")
        #expect(try cart.json()["lines"] != .array([]))
        let again = try await Program.tote.run(
            ["add", "4012345000030", "--json"], environment: environment)
        #expect(again.status == 0, "\(again.err)")
    }

    @Test("of the store takes no scan in, and the device keeps it until there is room (SYNC-45)")
    func fullStore() async throws {
        let disk = try await SmallDisk()
        let store = try await DemoStore.start(in: disk.folder)
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        _ = try await device.json("sync")
        let filler = disk.folder.path + "/filler"
        _ = try await Program(path: "/bin/dd").run(["if=/dev/zero", "of=\(filler)", "bs=4096"])
        var refused: Outcome?
        var scans = 1
        // What the log of the store has room for is still taken.
        for _ in 0..<40 where refused == nil {
            _ = try await device.json("add", "4012345000030")
            scans += 1
            let outcome = try await device.tote("sync", "--json")
            if outcome.status != 0 { refused = outcome }
        }
        #expect(refused?.status == 75, "\(refused?.err ?? "never refused")")
        #expect(Device.scans(in: try await device.json("cart")) == scans)
        try FileManager.default.removeItem(atPath: filler)
        #expect(try await device.json("sync")["unsent"] == .array([]))
        #expect(Device.scans(in: try await device.json("cart")) == scans)
    }

    /// What is saved can be read, and the doctor says what is wrong.
    private func reads(_ environment: [String: String], doctor words: String) async throws {
        let cart = try await Program.tote.run(["cart", "--json"], environment: environment)
        #expect(cart.status == 0, "\(cart.err)")
        #expect(Device.scans(in: try cart.json()) >= 1)
        for command in [["sync", "--status"], ["offers"], ["whoami"]] {
            let outcome = try await Program.tote.run(command, environment: environment)
            #expect(outcome.status == 0, "\(command): \(outcome.err)")
        }
        let doctor = try await Program.tote.run(["doctor"], environment: environment)
        #expect(doctor.text.contains(words), "\(doctor.text)")
    }

    @Test("that takes no writes refuses the scan, and shows the cart (SYNC-25, SYNC-78)")
    func readOnly() async throws {
        let store = try await DemoStore.start()
        let disk = try await SmallDisk()
        let environment = [
            "TOTE_HOME": disk.folder.path + "/device", "TOTE_STORE": store.url,
        ]
        let add = ["add", "4012345000016", "--json"]
        let added = try await Program.tote.run(add, environment: environment)
        #expect(added.status == 0, "\(added.err)")
        try await disk.remount("ro")
        let refused = try await Program.tote.run(add, environment: environment)
        #expect(refused.status == 74, "\(refused.err)")
        #expect(refused.err.contains("storageReadOnly"), "\(refused.err)")
        try await reads(environment, doctor: "may not be written")
        try await disk.remount("rw")
        let again = try await Program.tote.run(add, environment: environment)
        #expect(again.status == 0, "\(again.err)")
    }
}
