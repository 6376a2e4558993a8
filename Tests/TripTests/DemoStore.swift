import Foundation
import Testing
import ToteValues

/// `tote-store serve --demo` on a free loopback port in a folder of its own; can be killed and
/// started again on the same port and files.
final class DemoStore: Sendable {
    let port: UInt16
    let folder: TemporaryFolder
    private let running: RunningProgram

    var url: String { "http://127.0.0.1:\(port)" }

    private init(port: UInt16, folder: TemporaryFolder, running: RunningProgram) {
        self.port = port
        self.folder = folder
        self.running = running
    }

    static func start(in folder: TemporaryFolder? = nil) async throws -> DemoStore {
        try await start(
            port: try LoopbackSocket.freePort(), folder: try folder ?? TemporaryFolder())
    }

    private static func start(port: UInt16, folder: TemporaryFolder) async throws -> DemoStore {
        let running = try Program.store.start(
            ["serve", "--demo", "--port", String(port), "--folder", folder.path + "/store"],
            output: folder.path + "/out", errors: folder.path + "/err")
        let store = DemoStore(port: port, folder: folder, running: running)
        try await store.waitUntilReady()
        return store
    }

    /// kill -9, then the same files and port again.
    func killed() async -> Int32 {
        running.kill()
        return await running.end(limitSeconds: 10)
    }

    func restarted() async throws -> DemoStore {
        try await Self.start(port: port, folder: folder)
    }

    private func waitUntilReady() async throws {
        for _ in 0..<300 {
            if LoopbackSocket.answers(port: port) { return }
            guard running.isRunning else { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        let words = try? String(contentsOfFile: folder.path + "/err", encoding: .utf8)
        throw StoreDidNotStart(words: words ?? "")
    }

    struct StoreDidNotStart: Error {
        let words: String
    }

    deinit { running.kill() }
}

/// A shopper's device: a home folder and the programs that work on it.
struct Device {
    let home: TemporaryFolder
    let store: String?

    init(store: String?) throws {
        home = try TemporaryFolder()
        self.store = store
    }

    var environment: [String: String] {
        var environment = ["TOTE_HOME": home.path + "/device"]
        environment["TOTE_STORE"] = store
        return environment
    }

    func tote(_ arguments: String..., input: String = "") async throws -> Outcome {
        try await Program.tote.run(arguments, input: input, environment: environment)
    }

    /// Runs with `--json`, expects success, gives the value.
    func json(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation)
        async throws -> JSONValue
    {
        let outcome = try await Program.tote.run(
            arguments + ["--json"], environment: environment)
        #expect(outcome.status == 0, "\(arguments): \(outcome.err)", sourceLocation: sourceLocation)
        return try outcome.json()
    }

    /// The scans of each line, in order.
    static func dots(of cart: JSONValue) -> [JSONValue?] {
        guard case .array(let lines)? = cart["lines"] else { return [] }
        return lines.map { $0["dots"] }
    }

    /// Scans in the cart, over all lines.
    static func scans(in cart: JSONValue) -> Int {
        dots(of: cart).reduce(0) { sum, line in
            guard case .array(let dots)? = line else { return sum }
            return sum + dots.count
        }
    }

    /// Runs with `--json`, expects this refusal, and that the cart is as it was.
    func refuses(
        _ arguments: [String], status: Int32, code: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try await json("cart", sourceLocation: sourceLocation)
        let outcome = try await Program.tote.run(
            arguments + ["--json"], environment: environment)
        #expect(
            outcome.status == status, "\(arguments): \(outcome.err)", sourceLocation: sourceLocation
        )
        if let code { #expect(outcome.refusal == code, sourceLocation: sourceLocation) }
        let after = try await json("cart", sourceLocation: sourceLocation)
        #expect(
            Self.dots(of: before) == Self.dots(of: after), "\(arguments)",
            sourceLocation: sourceLocation)
        #expect(before["total"] == after["total"], sourceLocation: sourceLocation)
        #expect(after["state"] == .string("open"), "\(arguments)", sourceLocation: sourceLocation)
    }
}
