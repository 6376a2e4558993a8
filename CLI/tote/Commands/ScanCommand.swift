import ArgumentParser
import Tote
import ToteBarcodes
import ToteValues

struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Read barcodes from pictures and add them to the cart.",
        discussion: """
            Examples: tote scan milk.jpg
                      tote scan --json SampleBarcodes/*
                      cat /dev/ttyUSB0 | tote scan -

            Pictures are JPEG, PNG, WebP or PGM. With - codes are read from standard input, one a \
            line, as a scanner sends them. A picture that shows two different articles is not \
            guessed at: choose with --pick.

            With --json pictures are only read, no store is needed and the cart stays as it is, \
            unless --add is given: [{"file", "symbols": [{"symbology", "text", "bytes", "aim", \
            "votes", "step", "milliseconds", "quad"}], "added", "line", "total", "error"}]. \
            bytes are hexadecimal; quad is four [x, y] in px, clockwise. All files are read; the \
            exit code is that of the first that failed.
            """)

    @Argument(help: "Picture files, or - for codes on standard input.")
    var files: [String] = []

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("A code as a scanner sends it.", valueName: "text"))
    var code: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Read names of pictures from a file, - is standard input.", valueName: "file"))
    var filesFrom: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Of several codes in a picture take this one.", valueName: "n"),
        transform: { try QuantityOptions.number($0, in: 1...64, option: "--pick") })
    var pick: Int?

    @Flag(inversion: .prefixedNo, help: "Add what is read (default without --json).")
    var add: Bool?

    @OptionGroup var quantity: QuantityOptions
    @OptionGroup var options: TripOptions

    private var adds: Bool { add ?? !options.json }

    func validate() throws {
        let sources = [!files.isEmpty, code != nil, filesFrom != nil].filter { $0 }.count
        guard sources == 1 else {
            throw ValidationError("Name pictures, or --code, or --files-from, or - for codes.")
        }
        if files.contains("-") && files.count > 1 {
            throw ValidationError("- stands alone.")
        }
    }

    func run() async throws {
        let trip = adds || code != nil || files == ["-"] ? try await options.openReady() : nil
        var desk = ScanDesk(
            trip: trip, adds: adds, pick: pick, pieces: quantity.qty ?? 1, grams: quantity.grams,
            json: options.json)
        if let code {
            await desk.take(code: code)
        } else if files == ["-"] {
            do {
                try await InputLines.standardInput.forEach { await desk.take(code: $0) }
            } catch let error as TripError { desk.stop(error) }
        } else if let filesFrom {
            do {
                try await InputLines.open(filesFrom).forEach { try await desk.take(picture: $0) }
            } catch let error as TripError { desk.stop(error) }
        } else {
            for file in files { try await desk.take(picture: file) }
        }
        try desk.finish()
    }
}
