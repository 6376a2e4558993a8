import ArgumentParser
import ToteBarcodes
import ToteCatalogue
import ToteStore
import ToteTerminal
import ToteValues

struct RecallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recall",
        abstract: "Stop the sale of an article, or of some lots of it.",
        discussion: """
            Examples:
              tote-store recall 4012345000016 --lot L7 --lot L8 --reason "may hold glass"
              tote-store recall 4012345000016 --lift
              tote-store recall

            Devices refuse the goods as soon as they have the catalogue that says so, and the \
            store refuses carts that hold them. Without --lot every lot is recalled. A code that \
            names no lot is asked about. Recalling again replaces what stood for the article. \
            Without a number all recalls are listed. Stop the server first: one process, one \
            folder.
            """)

    @Argument(help: ArgumentHelp("Number of the article (GTIN).", valueName: "gtin"))
    var number: String?

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A lot as printed on the pack; may be repeated.", valueName: "lot"))
    var lot: [String] = []

    @Option(name: .long, help: ArgumentHelp("What is wrong, for shoppers.", valueName: "words"))
    var reason = ""

    @Flag(help: "End the recall of the article.")
    var lift = false

    @OptionGroup var place: FolderOption

    @Option(name: .long, help: "The store's number.")
    var store: UInt32 = 42

    func validate() throws {
        if let number, GTIN14(number) == nil {
            throw ValidationError("'\(VisibleText.escaped(number))' is no article number.")
        }
        guard number != nil || (lot.isEmpty && reason.isEmpty && !lift) else {
            throw ValidationError("Name the article's number.")
        }
        guard !lift || (lot.isEmpty && reason.isEmpty) else {
            throw ValidationError("--lift stands alone.")
        }
        guard lot.allSatisfy(Recall.isLot), lot.count <= 1000 else {
            throw ValidationError("A lot has 1 to 20 printable characters without spaces.")
        }
        guard reason.utf8.count <= 200 else {
            throw ValidationError("--reason has at most 200 bytes.")
        }
    }

    func run() async throws {
        try place.mustExist()
        let services = try await StoreServices.open(
            StoreConfiguration(folder: place.folder, storeNumber: store), world: .system)
        var recalls = services.catalogue.catalogue.profile.recalls
        if let number, let gtin = GTIN14(number) {
            recalls.removeAll { $0.gtin == gtin }
            if !lift { recalls.append(Recall(gtin: gtin, lots: lot, reason: reason)) }
            try services.catalogue.setRecalls(recalls, at: World.system.now())
        }
        let version = services.catalogue.catalogue.catalogueVersion
        let rows = recalls.map(Self.row)
        try TerminalOutput.standard.line(
            (rows + ["\(recalls.count) recalls, catalogue \(version)"]).joined(separator: "\n"))
    }

    private static func row(_ recall: Recall) -> String {
        let lots = recall.lots.isEmpty ? "every lot" : "lots " + recall.lots.joined(separator: ", ")
        let reason = recall.reason.isEmpty ? "" : "  \(recall.reason)"
        return VisibleText.escaped("\(recall.gtin.text)  \(lots)\(reason)")
    }
}
