import ArgumentParser
import Tote
import ToteBarcodes
import ToteDecoding
import ToteValues

struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Read barcodes from pictures and add them to the cart.",
        discussion: """
            Examples: tote scan milk.jpg
                      tote scan --json SampleBarcodes/*
                      find . -name '*.jpg' -print0 | tote scan --json --null --files-from -
                      tote scan - < list-of-codes.txt
                      tote scan --scanner /dev/ttyACM0
                      tote scan --camera /dev/video0

            Pictures are JPEG, PNG, WebP or PGM. With - codes are read from standard input, one a \
            line, and every line counts. A picture that shows two different articles is not \
            guessed at: choose with --pick.

            Where several articles have one code nothing is added: the refusal names all of them, \
            choose with --article. What may be sold only after a question (checkLot, sellByPassed \
            …) is added with --confirm.

            With --json pictures are only read, no store is needed and the cart stays as it is, \
            unless --add is given. One object a picture, on a line of its own as soon as it is \
            done: an array of named pictures, JSON Lines (no brackets) with --files-from. \
            {"file", "symbols": [{"symbology", "text", "bytes", "aim", "addOn", "votes", "step", \
            "milliseconds", "quad"}], "rejected": [{"symbology", "text", "bytes", "votes", \
            "reason", "quad"}], "width", "height", "steps", "milliseconds", "added", "line", \
            "total", "error"}

            bytes are hexadecimal; aim is the AIM identifier, as ]E0; addOn are the digits of an \
            EAN-2 or EAN-5, only with --add-ons; votes are scan lines that agree, step is the \
            ladder step that completed the reading; quad is four [x, y] in px of the picture, \
            clockwise from the symbol's own top left. rejected stands only where no symbol was \
            accepted: what was seen and not believed, strongest first, 16 at most; reason is \
            votes, checkDigit, length, contradiction or content. milliseconds of a symbol are \
            spent decoding, those of the picture with its file. added, line and total come with \
            --add. All files are read; the exit code is that of the first that failed.

            --scanner reads a scanner on a serial line (set its speed with stty), a named pipe, \
            or - for standard input. --camera watches a camera by Video4Linux 2; in its place may \
            stand a recording: a folder of pictures (ten a second, or with a file frames.txt of \
            lines MILLISECONDS NAME), a YUV4MPEG2 file, or - for YUV4MPEG2 on standard input, as \
            ffmpeg -f yuv4mpegpipe writes it. One pass of a code through the view is one scan; it \
            may be scanned again after 0.8 s out of view. Frames are never stored. Both end by \
            SIGINT, SIGTERM, --seconds or --count with what was added so far; a camera that is \
            unplugged is awaited. With --json each event is one line: {"event": "scan" or \
            "severalInView" or "sentTwice" or "cameraLost" or "cameraBack" or "end", …}.
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
            "Read names of pictures from a file, one a line; - is standard input.",
            valueName: "file"))
    var filesFrom: String?

    @Flag(
        name: [.long, .customShort("0")],
        help: "Names of --files-from end with a zero byte, as find -print0 writes them.")
    var null = false

    @Flag(help: "Read the two or five digits beside the code of a periodical or book.")
    var addOns = false

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Of several codes in a picture take this one.", valueName: "n"),
        transform: { try QuantityOptions.number($0, in: 1...64, option: "--pick") })
    var pick: Int?

    @Flag(inversion: .prefixedNo, help: "Add what is read (default without --json).")
    var add: Bool?

    @OptionGroup var stream: StreamOptions
    @OptionGroup var quantity: QuantityOptions
    @OptionGroup var options: TripOptions

    /// Of one list. No memory is taken for them; it only ends a list that has no end.
    private static let mostPictures = 10_000_000

    private var adds: Bool { add ?? !options.json }

    func validate() throws {
        let sources = [
            !files.isEmpty, code != nil, filesFrom != nil, stream.camera != nil,
            stream.scanner != nil,
        ].filter { $0 }.count
        guard sources == 1 else {
            throw ValidationError(
                "Name pictures, or --code, --files-from, --camera, --scanner, or - for codes.")
        }
        if stream.isGiven, pick != nil {
            throw ValidationError("--pick is for pictures.")
        }
        if files.contains("-") && files.count > 1 {
            throw ValidationError("- stands alone.")
        }
        guard !null || filesFrom != nil else {
            throw ValidationError("--null belongs to --files-from.")
        }
    }

    func run() async throws {
        if stream.isGiven { return try await runStream() }
        let trip = adds || code != nil || files == ["-"] ? try await options.openReady() : nil
        var desk = ScanDesk(
            trip: trip, adds: adds, pick: pick, quantity: quantity, json: options.json,
            addOns: addOns ? .read() : .ignore,
            form: filesFrom == nil ? .array : .lines)
        do {
            try await read(&desk)
        } catch let error as TripError { desk.stop(error) }
        try desk.finish()
    }

    private func read(_ desk: inout ScanDesk) async throws {
        if let code {
            await desk.take(code: code)
        } else if files == ["-"] {
            try await InputLines.standardInput.forEach { await desk.take(code: $0) }
        } else if let filesFrom {
            let names = try InputLines.open(
                filesFrom, end: null ? .zeroByte : .line, most: Self.mostPictures)
            if !names.isTyped { desk.progress = ScanProgress(total: names.count()) }
            try await names.forEachBytes { try await desk.take(pictureNamed: $0) }
        } else {
            if files.count > 1 { desk.progress = ScanProgress(total: files.count) }
            for file in files { try await desk.take(picture: file) }
        }
    }

    private func runStream() async throws {
        // What cannot be opened is said before the store is asked for anything.
        let source = try StreamSource.open(stream)
        let trip = adds ? try await options.openReady() : nil
        let adder = trip.map {
            ScanAdder(trip: $0, quantity: quantity, json: options.json)
        }
        let desk = StreamDesk(adder: adder, json: options.json, mostScans: stream.count)
        let identifiers = await trip?.identifiers ?? .standard
        try await source.run(desk: desk, seconds: stream.seconds, identifiers: identifiers)
    }
}
