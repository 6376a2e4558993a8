import Foundation
import Testing
import ToteMembers
import ToteValues

@Suite("The token file")
struct TokenStoreTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("tote-members-\(World.system.newUInt64())").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func contents() throws -> TokenStore.Contents {
        let session = sampleSession(now: Moment(unixSeconds: 1_795_251_600))
        let tokens = TokenAnswer(
            accessToken: "access", refreshToken: "refresh", expiresInSeconds: 600,
            session: session)
        return .init(
            deviceKey: try DeviceKey.make(world: .system),
            signedIn: StoredTokens(tokens: tokens, retryKey: "key"))
    }

    @Test("what was saved is read back, and nobody else may read it")
    func roundTrip() throws {
        try withFolder { folder in
            let store = TokenStore(folder: folder)
            #expect(try store.load() == nil)
            let saved = try contents()
            try store.save(saved)
            let loaded = try #require(try store.load())
            #expect(loaded.signedIn == saved.signedIn)
            #expect(loaded.deviceKey.rawRepresentation == saved.deviceKey.rawRepresentation)
            let mode =
                try FileManager.default
                .attributesOfItem(atPath: folder + "/tokens.json")[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("a file that others can read is refused", arguments: [0o644, 0o640, 0o602])
    func wideMode(mode: Int) throws {
        try withFolder { folder in
            let store = TokenStore(folder: folder)
            try store.save(try contents())
            try FileManager.default.setAttributes(
                [.posixPermissions: mode], ofItemAtPath: folder + "/tokens.json")
            let error = #expect(throws: MemberError.self) { _ = try store.load() }
            #expect(error?.code == .vaultUnsafe)
            #expect(error?.mend.isEmpty == false)
        }
    }

    @Test("a link in place of the file is refused")
    func symbolicLink() throws {
        try withFolder { folder in
            let store = TokenStore(folder: folder)
            try store.save(try contents())
            try FileManager.default.moveItem(
                atPath: folder + "/tokens.json", toPath: folder + "/real")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/tokens.json", withDestinationPath: folder + "/real")
            #expect(throws: MemberError.self) { _ = try store.load() }
        }
    }

    @Test("a damaged file is told apart from a missing one", arguments: ["", "{}", "[1]", "nul"])
    func damaged(text: String) throws {
        try withFolder { folder in
            let path = folder + "/tokens.json"
            _ = FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
            let error = #expect(throws: MemberError.self) {
                _ = try TokenStore(folder: folder).load()
            }
            #expect(error?.code == .tokenFileMalformed)
        }
    }

    @Test("wiping leaves no token and another key")
    func wipe() throws {
        try withFolder { folder in
            let store = TokenStore(folder: folder)
            let saved = try contents()
            try store.save(saved)
            try store.wipe(world: .system)
            let loaded = try #require(try store.load())
            #expect(loaded.signedIn == nil)
            #expect(loaded.deviceKey.publicKey != saved.deviceKey.publicKey)
        }
    }

    @Test("wiping leaves a running trip the key that began it, and earlier trips theirs")
    func wipeInMidTrip() throws {
        try withFolder { folder in
            let store = TokenStore(folder: folder)
            var saved = try contents()
            let (earlier, running) = (World.system.newCartID(), World.system.newCartID())
            saved.tripKeys[earlier] = try DeviceKey.make(world: .system)
            try store.save(saved)
            try store.wipe(keeping: running, world: .system)
            let loaded = try #require(try store.load())
            #expect(loaded.tripKeys[running]?.publicKey == saved.deviceKey.publicKey)
            #expect(loaded.tripKeys[earlier]?.publicKey == saved.tripKeys[earlier]?.publicKey)
            #expect(loaded.deviceKey.publicKey != saved.deviceKey.publicKey)
        }
    }
}
