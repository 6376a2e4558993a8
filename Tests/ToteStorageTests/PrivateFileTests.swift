import Foundation
import Testing
import ToteStorage

@Suite("A private file")
struct PrivateFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("comes back as written, mode 0600, with no temporary file left")
    func roundTrip() throws {
        try PrivateFile.write([1, 2, 3], to: folder.file("key"))
        try PrivateFile.write(Array(repeating: 7, count: 100_000), to: folder.file("key"))
        #expect(try PrivateFile.read(folder.file("key")) == Array(repeating: 7, count: 100_000))
        #expect(try folder.mode("key") == 0o600)
        #expect(folder.names == ["key"])
    }

    @Test("that is absent is nil")
    func absent() throws { #expect(try PrivateFile.read(folder.file("key")) == nil) }

    @Test(
        "others can read is refused with the command that mends it",
        arguments: [0o640, 0o604, 0o620])
    func wideMode(_ mode: Int) throws {
        try PrivateFile.write([1], to: folder.file("key"))
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: folder.file("key"))
        let error = #expect(throws: StorageError.self) {
            _ = try PrivateFile.read(folder.file("key"))
        }
        #expect(error?.code == .unsafeMode)
        #expect(error?.mend == "chmod 600 '\(folder.file("key"))'")
        #expect(throws: StorageError.self) { try PrivateFile.write([2], to: folder.file("key")) }
    }

    @Test("behind a symbolic link is neither read nor replaced")
    func symbolicLink() throws {
        try PrivateFile.write([1], to: folder.file("real"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("key"), withDestinationPath: folder.file("real"))
        for attempt in [
            { _ = try PrivateFile.read(folder.file("key")) },
            { try PrivateFile.write([2], to: folder.file("key")) },
        ] as [() throws -> Void] {
            let error = #expect(throws: StorageError.self) { try attempt() }
            #expect(error?.code == .unsafeMode)
        }
        #expect(try PrivateFile.read(folder.file("real")) == [1])
    }

    @Test("that is a folder is refused")
    func noRegularFile() throws {
        try PrivateFile.makeFolder(folder.file("key"))
        let error = #expect(throws: StorageError.self) {
            _ = try PrivateFile.read(folder.file("key"))
        }
        #expect(error?.code == .unsafeMode)
    }

    @Test("in a folder others can change is refused")
    func wideFolder() throws {
        try PrivateFile.makeFolder(folder.file("open"))
        try PrivateFile.write([1], to: folder.file("open/key"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o777], ofItemAtPath: folder.file("open"))
        let error = #expect(throws: StorageError.self) {
            _ = try PrivateFile.read(folder.file("open/key"))
        }
        #expect(error?.code == .unsafeMode)
        #expect(error?.mend == "chmod 700 '\(folder.file("open"))'")
    }
}

@Suite("A file lock")
struct FileLockTests {
    @Test("is refused while held and free again when let go")
    func exclusive() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("tote.lock")
        var first: FileLock? = try FileLock.acquire(path: path)
        let error = #expect(throws: StorageError.self) { _ = try FileLock.acquire(path: path) }
        #expect(error?.code == .busy)
        #expect(first?.path == path)
        first = nil
        _ = try FileLock.acquire(path: path)
    }

    @Test("held by a process that was killed is free", .enabled(if: LockProgram.exists))
    func killedHolder() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("tote.lock")
        _ = try FileLock.acquire(path: path)
        let holder = try LockProgram.hold(path)
        #expect(throws: StorageError.self) { _ = try FileLock.acquire(path: path) }
        kill(holder.processIdentifier, SIGKILL)
        holder.waitUntilExit()
        _ = try FileLock.acquire(path: path)
    }
}

/// util-linux's `flock` as the other process.
enum LockProgram {
    static let path = "/usr/bin/flock"
    static var exists: Bool { FileManager.default.fileExists(atPath: path) }

    static func hold(_ file: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["--no-fork", file, "sh", "-c", "echo held; exec sleep 60"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        _ = output.fileHandleForReading.availableData
        return process
    }
}
