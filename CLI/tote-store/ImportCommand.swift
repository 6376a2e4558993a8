import ArgumentParser
import ToteCatalogue
import ToteStore
import ToteTerminal
import ToteValues

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Replace the store's articles and prices by those of a CSV file.",
        discussion: """
            Example: tote-store import articles.csv --folder /srv/tote

            The first line names the columns: sku,codes,name,unit,price and, as needed, \
            memberPrice,tax,deposit,categories,brand,minimumAge,flags. Amounts are written 1.99. \
            A mistake is refused with its line and column, and nothing is changed. Offers stay. \
            Stop the server first: one process, one folder.
            """)

    @Argument(help: ArgumentHelp("CSV file (RFC 4180, UTF-8).", valueName: "file"))
    var file: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "GS1 application identifiers, in the form of the GS1 Barcode Syntax Dictionary, "
                + "in place of the built-in ones.", valueName: "file"))
    var identifiers: String?

    @OptionGroup var place: FolderOption

    @Option(name: .long, help: "The store's number.")
    var store: UInt32 = 42

    func run() async throws {
        let bytes = try StoreInput.bytes(of: file, atMost: 64 << 20)
        let dictionary = try identifiers.map {
            try StoreInput.bytes(of: $0, atMost: 256 << 10)
        }
        let services = try await StoreServices.open(
            StoreConfiguration(folder: place.folder, storeNumber: store), world: .system)
        let count = try services.catalogue.importCSV(
            bytes, dictionary: dictionary, at: World.system.now())
        try TerminalOutput.standard.line(
            "\(count) articles, catalogue \(services.catalogue.catalogue.catalogueVersion), "
                + "price book \(services.catalogue.catalogue.bookVersion)")
    }
}
