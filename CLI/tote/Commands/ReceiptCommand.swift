import ArgumentParser
import Tote
import TotePayments
import ToteTerminal
import ToteValues

struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Show a receipt, or verify one offline.",
        discussion: """
            Examples: tote receipt
                      tote receipt --json > receipt.json
                      tote receipt verify receipt.json --keys keys.json
            """,
        subcommands: [Show.self, Verify.self], defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show the last receipt of this device, or the Nth.",
            discussion: """
                Example: tote receipt --json

                --json prints {"receipt": {…}, "signature"}, canonical, as the store signed it.
                """)

        @Argument(
            help: "Which receipt of this device, 1 is the first.",
            transform: { try QuantityOptions.number($0, in: 1...9999, option: "N") })
        var number: Int?

        @Flag(name: .long, help: "Print text (the default).")
        var text = false

        @OptionGroup var options: TripOptions

        func validate() throws {
            if text && options.json { throw ValidationError("Either --text or --json.") }
        }

        func run() async throws {
            let trip = try await options.open()
            let receipt = ReceiptText(try await trip.receipt(number))
            try Console.data(options.json ? receipt.json.canonicalText : receipt.text)
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Verify a receipt file, offline.",
            discussion: """
                Example: tote receipt verify receipt.json --keys keys.json

                Checks the signature and every sum. Exit 0, or 65 and the first difference. \
                --json prints {"valid": true, "sequence", "total", "currency"}.
                """)

        @Argument(help: "The receipt as tote receipt --json prints it.")
        var file: String

        @Option(
            name: .long,
            help: ArgumentHelp("The store's key set, as GET /v1/keys gives it.", valueName: "file"))
        var keys: String

        @OptionGroup var output: JSONOption

        func run() async throws {
            let checked = try ReceiptCheck.verify(
                receipt: try InputFile.bytes(of: file), keys: try InputFile.bytes(of: keys))
            if output.json {
                try Console.data(checked.json)
            } else {
                try Console.data(checked.text)
            }
        }
    }
}
