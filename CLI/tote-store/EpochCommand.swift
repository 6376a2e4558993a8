import ArgumentParser
import ToteStore
import ToteTerminal
import ToteValues

struct EpochCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "epoch", abstract: "Tell a store that its file was restored.",
        subcommands: [NewEpoch.self])
}

/// By hand what a store notices of itself (SYNC-46).
struct NewEpoch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Begin a new epoch: every device syncs anew.",
        discussion: """
            Example: tote-store epoch new --folder /srv/tote

            A store that opens an older file than its folder remembers does this by itself. Do it \
            by hand where the whole folder was copied back, so that nothing shows it. Devices send \
            again what the file lacks, and no cart is closed before the payment provider was \
            asked what it holds for it. Done twice it costs a second sync and harms nothing. \
            Stop the server first: one process, one folder.
            """)

    @OptionGroup var place: FolderOption

    func run() throws {
        try place.mustExist()
        let epoch = try StoreDatabase.beginEpoch(folder: place.folder, world: .system)
        try TerminalOutput.standard.line("Epoch \(epoch.text) has begun.")
    }
}
