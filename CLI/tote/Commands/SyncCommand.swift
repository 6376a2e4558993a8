import ArgumentParser
import Tote
import ToteTerminal
import ToteValues

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Exchange scans with the store.",
        discussion: """
            Example: tote sync

            With --status nobody is asked: it lists what the store does not know yet, since when \
            and why. --json prints {"cart", "cursor", "unsent": [{"dot", "kind", "since", \
            "what"}], "refused", "pushed", "pulled", "offline", "trouble": {"kind", "code", \
            "since"}}.
            """)

    @Flag(name: .long, help: "Only show what is not sent yet.")
    var status = false

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await status ? options.open() : options.openPrepared()
        let answer = try await status ? trip.syncStatus() : trip.sync()
        if options.json {
            try Console.data(answer.json)
        } else {
            try Console.data(status ? SyncText.list(answer) : SyncText.line(answer))
        }
        for refused in answer.refused {
            Console.words("refused by the store: \(VisibleText.escaped(refused))")
        }
    }
}

enum SyncText {
    /// One line an operation that is not sent, then why; `everything is sent` when there is none.
    static func list(_ status: SyncStatus) -> String {
        guard !status.unsent.isEmpty else { return "everything is sent" }
        let rows = status.unsent.map { "\($0.since.text)  \(VisibleText.escaped($0.what))" }
        let count = rows.count == 1 ? "1 is not sent yet" : "\(rows.count) are not sent yet"
        return (rows + ["\(count): \(reason(status.trouble))"]).joined(separator: "\n")
    }

    private static func reason(_ trouble: SyncTrouble?) -> String {
        guard let trouble else { return "nobody has tried; send them: tote sync" }
        let since = trouble.since.text
        return switch trouble.kind {
        case .offline: "offline since \(since)"
        case .signIn: "waiting for sign-in since \(since); sign in again: tote login"
        case .busy: "the store is busy since \(since) (\(trouble.code))"
        case .storage: "this device cannot write since \(since) (\(trouble.code))"
        case .refused: "the store refuses since \(since): \(trouble.code)"
        }
    }

    /// `sent 3, received 3, nothing left to send`.
    static func line(_ status: SyncStatus) -> String {
        let left =
            status.unsent.isEmpty ? "nothing left to send" : "\(status.unsent.count) still to send"
        let moved = "sent \(status.pushed), received \(status.pulled), \(left)"
        return status.offline ? "offline: \(moved)" : moved
    }
}
