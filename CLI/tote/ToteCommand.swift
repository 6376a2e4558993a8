import ArgumentParser

/// `tote` itself: a list of what can be done.
struct ToteCommand: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "tote",
        abstract: "Scan what goes into the bag, see the true total, pay, walk out.",
        discussion: """
            A trip: tote login, tote scan PHOTO…, tote cart, tote pay, tote exit; or all of it \
            at once in tote shop.

            Data goes to standard output, words to standard error. With --json every command \
            prints one JSON value, and every refusal one object {"error": {"code", "message", \
            "mend"}} on standard error. Amounts in JSON are whole minor units (cents).

            Exit codes: 0 done, 64 usage, 65 understood and refused, 66 input file missing, 69 \
            store not reachable, 73 cannot create, 74 read or write failed, 75 try later, 77 not \
            allowed, 78 configuration, 141 output closed.

            TOTE_STORE is the store's address, TOTE_HOME the folder of this device's files.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Shopping",
                subcommands: [
                    ShopCommand.self, ScanCommand.self, AddCommand.self, SetCommand.self,
                    RemoveCommand.self, CartCommand.self, OffersCommand.self, LookupCommand.self,
                    ExplainCommand.self,
                ]),
            CommandGroup(
                name: "Leaving",
                subcommands: [PayCommand.self, ExitCommand.self, ReceiptCommand.self]),
            CommandGroup(
                name: "This device",
                subcommands: [
                    LoginCommand.self, LogoutCommand.self, WhoAmICommand.self, SyncCommand.self,
                    DoctorCommand.self,
                ]),
        ])

    /// Without a subcommand nothing was asked for: usage, as words, and exit 64.
    func run() throws {
        throw ValidationError("Say what to do, for example: tote shop")
    }
}
