import Foundation
import Testing
import ToteValues

/// Promise 1: what the shopper was told is in the cart survives a crash. `Tests/kill-loop N` runs
/// more rounds.
@Suite("Killed at any moment", .enabled(if: Program.areBuilt), .serialized)
struct CrashTests {
    static let rounds =
        ProcessInfo.processInfo.environment["TOTE_KILL_ROUNDS"].flatMap { Int($0) } ?? 20

    @Test("no scan that was acknowledged is lost by kill -9, and the store gets each one once")
    func killLoop() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("cart")
        var acknowledged: Set<String> = []
        var killed = 0
        for round in 0..<Self.rounds {
            let (dots, wasKilled) = try await scan(on: device, killAfter: delay(round))
            acknowledged.formUnion(dots)
            killed += wasKilled ? 1 : 0
        }
        let cart = try await device.json("cart")
        #expect(acknowledged.isSubset(of: dots(of: cart)))
        let status = try await device.json("sync")
        #expect(status["unsent"] == .array([]))
        #expect(dots(of: try await device.json("cart")) == dots(of: cart))
        print(
            "kill -9: \(Self.rounds) rounds, \(killed) killed, \(acknowledged.count) acknowledged, "
                + "\(acknowledged.subtracting(dots(of: cart)).count) lost")
    }

    @Test("no scan of a stream that was printed is lost by kill -9", .timeLimit(.minutes(5)))
    func killedStream() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("sync")
        var film = try Film()
        for sample in ["ean13-coffee.png", "ean8.png", "ean13-coffee.png", "honey-plain.pgm"] {
            try film.show(sample, frames: 2)
            try film.show(Film.empty, frames: 10)
        }
        var printed: Set<String> = []
        for round in 0..<min(Self.rounds, 40) where round % 5 != 4 {
            printed.formUnion(try await stream(film, on: device, killAfterLines: round % 5))
        }
        #expect(printed.count >= min(Self.rounds, 40) * 6 / 5)
        #expect(printed.isSubset(of: dots(of: try await device.json("cart"))))
    }

    /// What a stream said it had added, until it was killed as soon as so many lines stood there.
    private func stream(
        _ film: Film, on device: Device, killAfterLines lines: Int
    ) async throws -> [String] {
        let folder = try TemporaryFolder()
        let out = folder.path + "/out"
        let running = try Program.tote.start(
            ["scan", "--camera", film.path, "--add", "--json"], output: out,
            errors: folder.path + "/err", environment: device.environment)
        var text = ""
        while running.isRunning, text.count(where: { $0 == "\n" }) < lines {
            try await Task.sleep(for: .milliseconds(5))
            text = try String(contentsOfFile: out, encoding: .utf8)
        }
        running.kill()
        _ = await running.end(limitSeconds: 30)
        text = try String(contentsOfFile: out, encoding: .utf8)
        let whole = text.lastIndex(of: "\n").map { text[...$0] } ?? ""
        return try whole.split(separator: "\n").flatMap { line -> [String] in
            let event = try StrictJSON.parse(Array(line.utf8))
            guard case .array(let dots)? = event["added"] else { return [] }
            return dots.compactMap { if case .string(let dot) = $0 { dot } else { nil } }
        }
    }

    /// Some rounds die at once, some midway, some finish.
    private func delay(_ round: Int) -> Duration {
        .milliseconds(round % 5 == 4 ? 5000 : Int.random(in: 1...160))
    }

    private func scan(on device: Device, killAfter: Duration) async throws -> ([String], Bool) {
        let folder = try TemporaryFolder()
        let running = try Program.tote.start(
            ["add", "4012345000030", "--json"], output: folder.path + "/out",
            errors: folder.path + "/err", environment: device.environment)
        let killer = Task {
            try await Task.sleep(for: killAfter)
            running.kill()
        }
        let status = await running.end(limitSeconds: 30)
        killer.cancel()
        let out = Array(try Data(contentsOf: URL(filePath: folder.path + "/out")))
        guard case .array(let dots)? = try? StrictJSON.parse(out)["added"] else {
            return ([], status != 0)
        }
        return (dots.compactMap { if case .string(let dot) = $0 { dot } else { nil } }, status != 0)
    }

    private func dots(of cart: JSONValue) -> Set<String> {
        var dots: Set<String> = []
        for case .array(let values)? in Device.dots(of: cart) {
            for case .string(let dot) in values { dots.insert(dot) }
        }
        return dots
    }
}
