import ArgumentParser
import ToteStorage
import ToteStore
import ToteTerminal

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The front door of `tote-store`: parse, call, render; the exit code is the kind of failure.
@main
enum StoreFront {
    static func main() async {
        TerminalOutput.ignoreClosedPipes()
        do {
            var command = try ToteStoreCommand.parseAsRoot()
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch {
            exit(StoreRefusal.report(error))
        }
        exit(0)
    }
}

/// `tote-store` itself: a list of what can be done.
struct ToteStoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tote-store",
        abstract: "A store server for Tote: articles, carts, offers, members, payment, gate.",
        discussion: """
            To try it: tote-store serve --demo, then TOTE_STORE=http://127.0.0.1:8080 tote shop.

            Exit codes: 0 done, 64 usage, 65 understood and refused, 66 input file missing, 74 \
            read or write failed, 70 a defect of ours, 75 another process has the folder or \
            the port, 77 unsafe file modes or ports, 78 configuration.
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, ImportCommand.self, RecallCommand.self, TemplateCommand.self,
            MembersCommand.self, GateCommand.self, EpochCommand.self,
        ])

    func run() throws { throw ValidationError("Say what to do, for example: tote-store serve") }
}

/// Where a store keeps its files.
struct FolderOption: ParsableArguments {
    @Option(
        name: [.long, .customLong("data")],
        help: ArgumentHelp("Folder of the store's files; made if absent.", valueName: "folder"))
    var folder = "tote-store-data"

    /// - Throws: `noStore` rather than making an empty store at a mistyped place.
    func mustExist() throws {
        guard try PrivateFile.read(folder + "/" + StoreKeys.fileName) == nil else { return }
        throw StoreRefusal(
            kind: .noInput, code: "noStore", message: "There is no store in '\(folder)'.",
            mend: "Name its folder with --folder, or make one: tote-store serve")
    }
}
