import Crypto
import Foundation
import Synchronization
import ToteMembers
import ToteStore
import ToteValues

/// A clock that only a test moves.
final class TestClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_795_251_600_000)

    var now: Moment { Moment(milliseconds: milliseconds.withLock { $0 }) }
    func advance(seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }

    var world: World {
        World(
            now: { self.now }, uptimeMilliseconds: { self.now.milliseconds },
            randomBytes: World.system.randomBytes)
    }
}

/// A folder that goes away with its test.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("tote-store-\(Hex.encode(World.system.randomBytes(8)))").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// An authority with one member, and a device that talks to it.
struct AuthorityFixture {
    static let base = "http://127.0.0.1:8080"
    static let password = "correct-horse-ada"

    let clock = TestClock()
    let folder: TestFolder
    let authority: MemberAuthority
    let device: DeviceKey

    init() async throws {
        folder = try TestFolder()
        let address = StoreAddress(publicURL: Self.base)
        authority = await MemberAuthority(
            database: try StoreDatabase.open(folder: folder.path, world: clock.world),
            world: clock.world, tokenKey: Curve25519.Signing.PrivateKey(),
            sealKey: [UInt8](repeating: 1, count: 32), address: address, store: 1001,
            bench: PasswordBench(rounds: 16))
        device = try DeviceKey.make(world: .system)
        try await authority.add(
            login: "ada", name: "Ada", tier: .gold, password: Self.password)
    }

    static let tokenRequest = ProvenRequest(method: "POST", urls: [base + "/v1/oauth/token"])
    static let cartRequest = ProvenRequest(method: "GET", urls: [base + "/v1/members/me"])

    func proof(
        _ request: ProvenRequest = tokenRequest, key: DeviceKey? = nil, accessToken: String? = nil
    ) throws -> String {
        try (key ?? device).proof(
            method: request.method, url: request.urls[0], accessToken: accessToken,
            now: clock.now, jti: Hex.encode(World.system.randomBytes(16)))
    }

    func decide(
        _ userCode: String, login: String = "ada", password: String = password,
        approves: Bool = true, form: String = "form", source: String = "192.0.2.1"
    ) async throws -> MemberAuthority.ApprovalOutcome {
        try await authority.decide(
            .init(
                form: form, userCode: userCode, login: login, password: password,
                approves: approves, source: source))
    }

    func redeem(_ code: String, proof: String? = nil) async throws -> TokenAnswer {
        try await authority.redeem(
            deviceCode: code, clientID: "tote", proof: try proof ?? self.proof(),
            request: Self.tokenRequest)
    }

    func refresh(
        _ token: String, retryKey: String? = nil, key: DeviceKey? = nil
    ) async throws -> TokenAnswer {
        try await authority.refresh(
            token: token, clientID: "tote", retryKey: retryKey, proof: try proof(key: key),
            request: Self.tokenRequest)
    }

    func signIn() async throws -> TokenAnswer {
        let codes = try await authority.authorizeDevice(clientID: "tote")
        _ = try await decide(codes.userCode)
        return try await redeem(codes.deviceCode)
    }

    func caller(_ token: String?, key: DeviceKey? = nil) async throws -> Caller {
        try await authority.caller(
            .init(
                accessToken: token,
                proof: try proof(Self.cartRequest, key: key, accessToken: token),
                request: Self.cartRequest))
    }
}
