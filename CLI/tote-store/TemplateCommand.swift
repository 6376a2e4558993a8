import ArgumentParser
import ToteBarcodes
import ToteCatalogue
import ToteStore
import ToteTerminal
import ToteValues

struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Learn, try and list the templates of scale labels.",
        subcommands: [LearnTemplate.self, TryTemplate.self, ListTemplates.self])
}

struct LearnTemplate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Find the template of a store's scale labels from a few labels.",
        discussion: """
            Example: tote-store template learn labels.csv

            FILE, or - for standard input, has one label a line, as CSV:
              code,item,value
              2812346005001,1234,0.500 kg
              2856787000959,5678,95 g
            or as JSON Lines: {"code":"2212344002390","item":"Gouda","value":"2.39 EUR"}

            code is what the scanner reads; item is the article's number on the scale, or its \
            name, and may be empty; value is what the label says: kg, g, l, ml, m, mm, pieces or \
            a currency. Best are 5 to 10 labels of one kind: three or four articles, two or three \
            labels of each, one of them heavy or dear.

            Nothing is saved before somebody has compared the readings with the labels: --save \
            asks for that, --yes answers. Stop the server first: one process, one folder. \
            Exit 0 decided, 65 more labels are needed or they contradict each other.
            """)

    @Argument(help: ArgumentHelp("Labels as CSV or JSON Lines; - is standard input."))
    var file: String

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Save the template in the store's folder.")
    var save = false

    @Flag(name: .long, help: "The readings were compared with the labels.")
    var yes = false

    @Option(name: .long, help: "Name of the template; part of the articles' codes.")
    var id: String?

    @Option(name: .long, help: "Rank among templates that read the same label, 0 to 1000.")
    var priority = 10

    @OptionGroup var place: FolderOption

    @Option(name: .long, help: "The store's number.")
    var store: UInt32 = 42

    func validate() throws {
        guard (0...1000).contains(priority) else {
            throw ValidationError("--priority is 0 to 1000.")
        }
        guard !save || yes || (file != "-" && !json && TerminalDevice.isTerminal(0)) else {
            throw ValidationError(
                "--save asks on the terminal; where that cannot be, confirm with --yes.")
        }
    }

    func run() async throws {
        let limit = LabelFile.maximumBytes
        let bytes =
            file == "-"
            ? try StoreInput.standardInput(atMost: limit)
            : try StoreInput.bytes(of: file, atMost: limit)
        let labels = try LabelFile(bytes)
        let result = try named(try learn(labels.labels))
        let view = LearnView(labels: labels, result: result)
        try TerminalOutput.standard.line(json ? view.json.prettyText : view.text)
        guard case .decided(let template, _) = result else { throw ExitCode(65) }
        if save { try await keep(template, labels) }
    }

    private func named(_ result: LearnResult) throws -> LearnResult {
        guard case .decided(let found, let evidence) = result else { return result }
        let template = try MeasureTemplate(
            id: id ?? found.id, text: found.text, unit: found.unit, scale: found.scale,
            priority: priority)
        return .decided(template, evidence)
    }

    private func keep(_ template: MeasureTemplate, _ labels: LabelFile) async throws {
        try place.mustExist()
        let services = try await StoreServices.open(
            StoreConfiguration(folder: place.folder, storeNumber: store), world: .system)
        let profile = services.catalogue.catalogue.profile
        if let currency = labels.currency, currency != profile.currency {
            throw StoreRefusal(
                kind: .data, code: "otherCurrency",
                message: "The labels are in \(currency.code), the store sells in "
                    + "\(profile.currency.code).",
                mend: "Is this the right --folder?")
        }
        let rivals = profile.rules.rivals(of: template, on: labels.labels)
        guard rivals.isEmpty else {
            let names = rivals.map { "\($0.id) (\($0.text), priority \($0.priority))" }
            throw StoreRefusal(
                kind: .data, code: "rivalTemplates",
                message: "The store reads such labels otherwise: "
                    + names.joined(separator: ", ") + ".",
                mend: "To put the new one before them, give a higher --priority; to replace one, "
                    + "its --id.")
        }
        guard try yes || confirmed() else {
            throw StoreRefusal(
                kind: .data, code: "notConfirmed", message: "Not saved.",
                mend: "Correct or remove the label that reads wrong, and learn again.")
        }
        try services.catalogue.add(template, at: World.system.now())
        let version = services.catalogue.catalogue.catalogueVersion
        StoreRefusal.words("Saved as \(template.id), catalogue \(version).")
    }

    private func confirmed() throws -> Bool {
        let question = "Does every line say what its label says? Save it? [y/N] "
        try TerminalOutput.standardError.write(question)
        return ["y", "yes"].contains(readLine()?.lowercased())
    }
}

struct ListTemplates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the templates of a store.",
        discussion: "Example: tote-store template list --folder /srv/tote")

    @OptionGroup var place: FolderOption

    @Option(name: .long, help: "The store's number.")
    var store: UInt32 = 42

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() async throws {
        try place.mustExist()
        let services = try await StoreServices.open(
            StoreConfiguration(folder: place.folder, storeNumber: store), world: .system)
        let templates = services.catalogue.catalogue.profile.rules.templates
        guard !json else {
            let values = JSONValue.array(templates.map(\.json))
            return try TerminalOutput.standard.line(values.prettyText)
        }
        var table = Table(
            columns: ["id", "template", "unit", "scale", "priority"].map { .init($0) })
        for template in templates {
            table.add([
                template.id, template.text, template.unit.rawValue, "\(template.scale)",
                "\(template.priority)",
            ])
        }
        for line in table.lines(columns: 200) { try TerminalOutput.standard.line(line) }
    }
}
