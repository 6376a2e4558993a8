import Foundation
import Synchronization
import ToteValues

/// The real programs of the debug build, run as a shell would.
struct Program: Sendable {
    let path: String

    static let tote = Program(path: folder + "/tote")
    static let store = Program(path: folder + "/tote-store")
    static let areBuilt = [tote, store].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0.path)
    }

    static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private static let folder = repository + "/.build/debug"

    /// A picture of SampleBarcodes.
    static func sample(_ name: String) -> String { repository + "/SampleBarcodes/" + name }

    /// Runs to the end; killed after `limitSeconds`.
    func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:],
        limitSeconds: Int = 60, watch: (RunningProgram) -> Void = { _ in }
    ) async throws -> Outcome {
        let folder = try TemporaryFolder()
        try input.write(toFile: folder.path + "/in", atomically: false, encoding: .utf8)
        let running = try start(
            arguments, input: FileHandle(forReadingAtPath: folder.path + "/in"),
            output: folder.path + "/out", errors: folder.path + "/err", environment: environment)
        watch(running)
        let status = await running.end(limitSeconds: limitSeconds)
        return Outcome(
            status: status, out: try bytes(folder.path + "/out"),
            err: String(decoding: try bytes(folder.path + "/err"), as: UTF8.self))
    }

    func start(
        _ arguments: [String], input: FileHandle? = nil, output: String, errors: String,
        environment: [String: String] = [:]
    ) throws -> RunningProgram {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        var inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("TOTE_") }
        inherited.merge(environment) { $1 }
        process.environment = inherited
        process.standardInput = input ?? FileHandle.nullDevice
        process.standardOutput = try handle(output)
        process.standardError = try handle(errors)
        return try RunningProgram(process)
    }

    private func handle(_ path: String) throws -> FileHandle {
        if !path.hasPrefix("/dev/") {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        return try FileHandle(forWritingTo: URL(filePath: path))
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }
}

/// What came back.
struct Outcome: Sendable {
    /// Exit code; 128 + signal when killed.
    let status: Int32
    let out: [UInt8]
    let err: String

    var text: String { String(decoding: out, as: UTF8.self) }

    /// Standard output as one JSON value.
    func json() throws -> JSONValue { try StrictJSON.parse(out) }

    /// Standard output as JSON Lines.
    func jsonLines() throws -> [JSONValue] {
        try out.split(separator: 10).map { try StrictJSON.parse(Array($0)) }
    }

    /// The code of the refusal under `--json`.
    var refusal: String? {
        guard let value = try? StrictJSON.parse(Array(err.utf8)),
            case .string(let code)? = value["error"]?["code"]
        else { return nil }
        return code
    }
}

/// A process that goes on beside the test.
final class RunningProgram: Sendable {
    private let process: Process
    private let ended: AsyncStream<Int32>

    init(_ process: Process) throws {
        self.process = process
        let (ended, end) = AsyncStream.makeStream(of: Int32.self)
        self.ended = ended
        process.terminationHandler = { done in
            let signalled = done.terminationReason == .uncaughtSignal
            end.yield(signalled ? 128 + done.terminationStatus : done.terminationStatus)
            end.finish()
        }
        try Self.starting.withLock { _ in try process.run() }
    }

    /// Foundation's `Process` reads and writes the environment of this process while it starts
    /// another, and is not safe to do so twice at once.
    private static let starting = Mutex(())

    var isRunning: Bool { process.isRunning }
    var identifier: Int32 { process.processIdentifier }

    func kill() { signal(SIGKILL) }

    func signal(_ number: Int32) { Foundation.kill(process.processIdentifier, number) }

    func end(limitSeconds: Int) async -> Int32 {
        let watch = Task {
            try await Task.sleep(for: .seconds(limitSeconds))
            kill()
        }
        defer { watch.cancel() }
        for await status in ended { return status }
        return -1
    }
}

/// A folder of the test's own, removed when nothing uses it any more.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "tote-trip-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
