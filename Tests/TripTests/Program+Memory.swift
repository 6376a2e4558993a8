import Foundation
import Synchronization

extension Program {
    /// Runs as `run` does and tells the most memory that was resident at once, KiB (`VmHWM`). The
    /// kernel keeps that figure only while the process lives, so it is asked every 2 ms: it never
    /// falls, and only what was taken in the last moment before the end can be missed.
    func runMeasured(
        _ arguments: [String], input: String = "", limitSeconds: Int = 60
    ) async throws -> (outcome: Outcome, peakKiB: Int) {
        let peak = HighWaterMark(name: URL(filePath: path).lastPathComponent)
        let outcome = try await run(arguments, input: input, limitSeconds: limitSeconds) {
            running in
            Thread.detachNewThread {
                while running.isRunning {
                    peak.see(running.identifier)
                    usleep(2000)
                }
            }
        }
        return (outcome, peak.kibibytes)
    }
}

/// Until it has become the program, a process that was just begun lives in our own memory.
private final class HighWaterMark: Sendable {
    private let nameLine: String
    private let most = Mutex(0)

    init(name: String) { nameLine = "Name:\t\(name.prefix(15))" }

    var kibibytes: Int { most.withLock(\.self) }

    func see(_ process: Int32) {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        else { return }
        let lines = status.split(separator: "\n")
        guard lines.first.map({ $0 == nameLine }) ?? false,
            let line = lines.first(where: { $0.hasPrefix("VmHWM:") }),
            let number = line.split(whereSeparator: \.isWhitespace).dropFirst().first
        else { return }
        let seen = Int(number) ?? 0
        most.withLock { $0 = max($0, seen) }
    }
}
