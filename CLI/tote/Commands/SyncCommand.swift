import ArgumentParser
import Tote
import ToteTerminal
import ToteValues

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Exchange scans with the store.",
        discussion: """
            Example: tote sync

            With --status nothing is sent: it only says how far device and store agree. --json \
            prints {"cart", "cursor", "unsent": [{"dot", "kind", "since"}], "refused", "pushed", \
            "pulled", "offline"}.
            """)

    @Flag(name: .long, help: "Only show what is not sent yet.")
    var status = false

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.openPrepared()
        let answer = status ? try await trip.syncStatus() : try await trip.sync()
        if options.json {
            try Console.data(answer.json)
        } else {
            try Console.data(SyncText.line(answer))
        }
        for refused in answer.refused {
            Console.words("refused by the store: \(VisibleText.escaped(refused))")
        }
    }
}

enum SyncText {
    /// `sent 3, received 3, nothing left to send`.
    static func line(_ status: SyncStatus) -> String {
        let left =
            status.unsent.isEmpty ? "nothing left to send" : "\(status.unsent.count) still to send"
        let moved = "sent \(status.pushed), received \(status.pulled), \(left)"
        return status.offline ? "offline: \(moved)" : moved
    }
}
