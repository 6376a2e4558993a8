import Foundation
import ToteValues

/// The shipping `tote-store` as a process of its own, that can be killed and started again on the
/// same files and port.
final class StoreProcess {
    private let program: String
    private let folder: String
    private var process: Process?
    private(set) var url = ""
    private var port = "0"

    init(program: String, folder: String) {
        self.program = program
        self.folder = folder
    }

    /// Returns once the store answers.
    func start() throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["serve", "--demo", "--port", port, "--folder", folder + "/store"]
        let words = Pipe()
        process.standardOutput = words
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process
        var text = ""
        while !text.contains("\n") || !text.contains("http://") {
            let data = words.fileHandleForReading.availableData
            guard !data.isEmpty else { throw NotStarted() }
            text += String(decoding: data, as: UTF8.self)
        }
        let address = text.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http://") }
        guard let address, let number = address.split(separator: ":").last else {
            throw NotStarted()
        }
        url = String(address)
        port = String(number)
    }

    /// kill -9.
    func kill() {
        guard let process else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    /// Memory in use, bytes: resident pages of the process.
    var residentBytes: Int {
        guard let process,
            let text = try? String(
                contentsOfFile: "/proc/\(process.processIdentifier)/statm", encoding: .utf8)
        else { return 0 }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }

    /// CPU time used so far, seconds.
    var cpuSeconds: Double {
        guard let process,
            let text = try? String(
                contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8),
            let tail = text.split(separator: ")").last
        else { return 0 }
        let fields = tail.split(separator: " ")
        guard fields.count > 12 else { return 0 }
        let ticks = (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    struct NotStarted: Error {}
}
