import Foundation
import Testing
import ToteValues

/// Promise 1: what the shopper was told is in the cart survives a crash. `Tests/kill-loop N` runs
/// more rounds.
@Suite("Killed at any moment", .enabled(if: Program.areBuilt), .serialized)
struct CrashTests {
    static let rounds =
        ProcessInfo.processInfo.environment["TOTE_KILL_ROUNDS"].flatMap { Int($0) } ?? 20

    /// What rounds of killing came to.
    private struct Tally {
        var rounds = 0
        var killed = 0
        var acknowledged = 0
        var lost = 0
        var damaged = 0
    }

    @Test(
        "no scan that was acknowledged is lost by kill -9, and the store gets each one once",
        .timeLimit(.minutes(120)))
    func killLoop() async throws {
        let store = try await DemoStore.start()
        var tally = Tally()
        while tally.rounds < Self.rounds {
            let device = try Device(store: store.url)
            let rounds = tally.rounds..<min(tally.rounds + 50, Self.rounds)
            try await kill(device, rounds: rounds, &tally)
        }
        print(
            "kill -9 of tote: \(tally.rounds) rounds, \(tally.killed) killed, "
                + "\(tally.acknowledged) acknowledged, \(tally.lost) lost, "
                + "\(tally.damaged) quick_check failures")
        #expect(tally.lost == 0 && tally.damaged == 0)
        #expect(tally.acknowledged > Self.rounds)
    }

    /// One device whose commands are killed, and what it has in the end.
    private func kill(_ device: Device, rounds: Range<Int>, _ tally: inout Tally) async throws {
        _ = try await device.json("cart")
        var acknowledged: Set<String> = []
        for round in rounds {
            let (dots, wasKilled) = try await scan(on: device, round: round)
            acknowledged.formUnion(dots)
            tally.rounds += 1
            tally.killed += wasKilled ? 1 : 0
        }
        let cart = try await device.json("cart")
        #expect(acknowledged.isSubset(of: dots(of: cart)))
        let status = try await device.json("sync")
        #expect(status["unsent"] == .array([]))
        #expect(dots(of: try await device.json("cart")) == dots(of: cart))
        tally.acknowledged += acknowledged.count
        tally.lost += acknowledged.subtracting(dots(of: cart)).count
        let doctor = try await device.tote("doctor")
        tally.damaged += doctor.text.contains("check ok") ? 0 : 1
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

    private static let codes = (0..<12).map { $0 % 2 == 0 ? "4012345000016" : "4012345000030" }

    /// One code or many; some rounds die at once, some midway, some finish.
    private func scan(on device: Device, round: Int) async throws -> ([String], Bool) {
        let folder = try TemporaryFolder()
        try Self.codes.joined(separator: "\n").write(
            toFile: folder.path + "/in", atomically: false, encoding: .utf8)
        let arguments =
            round % 2 == 0 ? ["add", Self.codes[1], "--json"] : ["scan", "-", "--add", "--json"]
        let running = try Program.tote.start(
            arguments, input: FileHandle(forReadingAtPath: folder.path + "/in"),
            output: folder.path + "/out", errors: folder.path + "/err",
            environment: device.environment)
        let delay = round % 10 == 9 ? 5000 : Int.random(in: 1...(round % 2 == 0 ? 120 : 240))
        let killer = Task {
            try await Task.sleep(for: .milliseconds(delay))
            running.kill()
        }
        let status = await running.end(limitSeconds: 30)
        killer.cancel()
        let out = try String(contentsOfFile: folder.path + "/out", encoding: .utf8)
        return (added(in: out, isList: round % 2 == 1), status != 0)
    }

    /// Of a list each line that is whole counts: it begins with a bracket or a comma.
    private func added(in out: String, isList: Bool) -> [String] {
        let whole = out.lastIndex(of: "\n").map { out[...$0] } ?? ""
        let values = isList ? whole.split(separator: "\n").map { $0.dropFirst() } : [whole]
        return values.flatMap { text -> [String] in
            let value = try? StrictJSON.parse(Array(text.utf8))
            guard case .array(let dots)? = value?["added"] else { return [] }
            return dots.compactMap { if case .string(let dot) = $0 { dot } else { nil } }
        }
    }

    private func dots(of cart: JSONValue) -> Set<String> {
        var dots: Set<String> = []
        for case .array(let values)? in Device.dots(of: cart) {
            for case .string(let dot) in values { dots.insert(dot) }
        }
        return dots
    }
}
