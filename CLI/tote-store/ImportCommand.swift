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

    @OptionGroup var place: FolderOption

    @Option(name: .long, help: "The store's number.")
    var store: UInt32 = 42

    func run() async throws {
        let bytes = try StoreInput.bytes(of: file, atMost: 64 << 20)
        let services = try await StoreServices.open(
            StoreConfiguration(folder: place.folder, storeNumber: store), world: .system)
        let count = try services.catalogue.importCSV(bytes, at: World.system.now())
        try TerminalOutput.standard.line(
            "\(count) articles, catalogue \(services.catalogue.catalogue.catalogueVersion), "
                + "price book \(services.catalogue.catalogue.bookVersion)")
    }
}
