import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import ToteValues

/// One store under many shoppers, killed in the middle: how many syncs it sustains, how long they
/// take, what memory it needs, and that nothing acknowledged is lost.
@main
struct ToteLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Tests/load", abstract: "One tote-store under many shoppers.",
        discussion: "Example: Tests/load --shoppers 500 --seconds 600")

    @Option(help: "Shoppers at once.")
    var shoppers = 500
    @Option(help: "How long, in seconds.")
    var seconds = 60
    @Option(help: "Mean pause of a shopper between two scans, in milliseconds.")
    var pause = 1000
    @Option(help: "kill -9 of the store so many times, evenly spread.")
    var kills = 1
    @Option(help: .hidden)
    var store: String

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/tote-load-\(getpid())"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let process = StoreProcess(program: store, folder: folder)
        try process.start()
        defer { process.kill() }
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: configuration)
        let report = try await shop(client, process)
        try await client.shutdown()
        print(report.text)
        guard report.lost == 0 else { throw ExitCode(1) }
    }

    private var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            timeout: .init(connect: .seconds(5), read: .seconds(15)))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = shoppers
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    private func shop(
        _ client: HTTPClient, _ process: StoreProcess
    ) async throws -> LoadReport {
        let url = process.url
        var report = LoadReport(shoppers: shoppers)
        report.processors = ProcessInfo.processInfo.activeProcessorCount
        let end = ContinuousClock.now + .seconds(seconds)
        let pause = pause
        try await withThrowingTaskGroup(of: LoadShopper.self) { group in
            for number in 0..<shoppers {
                group.addTask {
                    var shopper = try LoadShopper(number: number, client: client, url: url)
                    try await shopper.enter()
                    try await shopper.shop(until: end, pauseMilliseconds: pause)
                    return shopper
                }
            }
            try await watch(process, &report)
            for try await shopper in group {
                var shopper = shopper
                report.take(shopper)
                report.lost += try await shopper.lost()
            }
        }
        return report
    }

    /// Notes the memory once a second, and kills the store when it is time.
    private func watch(_ process: StoreProcess, _ report: inout LoadReport) async throws {
        var cpuBefore = 0.0
        for second in 1...max(1, seconds) {
            try await Task.sleep(for: .seconds(1))
            report.memory.append(process.residentBytes)
            if kills > 0, second % max(1, seconds / (kills + 1)) == 0, report.kills < kills {
                cpuBefore += process.cpuSeconds
                process.kill()
                try process.start()
                report.kills += 1
                report.memory = []
            }
        }
        report.seconds = Double(seconds)
        report.storeCPU = cpuBefore + process.cpuSeconds
    }
}
