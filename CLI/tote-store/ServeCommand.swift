import ArgumentParser
import ToteStore
import ToteTerminal

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a store until it is told to stop.",
        discussion: """
            Examples:
              tote-store serve --demo --port 8080
              tote-store serve --folder /srv/tote --store 7 --public-url https://shop.example

            Prints the address to standard output once it takes requests. SIGTERM and Ctrl-C let \
            requests under way finish. --demo fills a new folder with a demo shop, three members \
            and gift cards; never use it for a real shop.
            """)

    @OptionGroup var place: FolderOption

    @Option(name: .long, help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(name: .long, help: "Port to listen on; 0 takes a free one.")
    var port = 8080

    @Option(name: .long, help: "The store's number, part of receipts and passes.")
    var store: UInt32 = 42

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where devices reach the store, when that is not where it listens.",
            valueName: "url"))
    var publicURL: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Key of a gate that may use up passes over the network (RFC 7638); may be repeated.",
            valueName: "thumbprint"))
    var gateKey: [String] = []

    @Flag(name: .long, help: "Fill a new folder with the demo shop.")
    var demo = false

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port is 0 to 65535.")
        }
        if let publicURL, !StoreAddress.isBase(publicURL) {
            throw ValidationError("--public-url is https://host or https://host:port.")
        }
        guard store > 0 else { throw ValidationError("--store is 1 or more.") }
    }

    func run() async throws {
        let configuration = StoreConfiguration(
            folder: place.folder, host: host, port: port, storeNumber: store, demo: demo,
            publicURL: publicURL, gateKeys: Set(gateKey))
        if demo { StoreRefusal.words(Self.demoWords) }
        try await StoreServer.run(configuration) { address in
            try? TerminalOutput.standard.line(address)
        }
    }

    private static var demoWords: String {
        let members = DemoMembers.all.map { "\($0.login) (password \($0.password))" }
        let cards = DemoBalances.giftCards.map(\.number)
        return """
            Demo shop. Members: \(members.joined(separator: ", ")).
            Gift cards: \(cards.joined(separator: ", ")).
            """
    }
}
