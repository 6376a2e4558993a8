import ArgumentParser
import Tote
import ToteTerminal
import ToteValues

struct ExitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exit", abstract: "Show the exit pass for the gate.",
        discussion: """
            Example: tote exit --image pass.png

            The pass is a QR code that opens the gate once. --text prints what it says (Base45, \
            spaces are data). --json prints {"pass", "pieces", "basis", "expiresAt", \
            "minutesLeft"}.
            """, aliases: ["pass"])

    @Flag(name: .long, help: "Print the pass as text.")
    var text = false

    @Option(
        name: .long, help: ArgumentHelp("Write the QR code as a picture.", valueName: "file"))
    var image: String?

    @Flag(name: .long, help: "Overwrite the picture file.")
    var force = false

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.openPrepared()
        let pass = try await trip.exitPass()
        if let image { try PassPicture.write(pass, to: image, overwrite: force) }
        if options.json {
            try Console.data(pass.json)
        } else if text {
            try Console.data(pass.text)
        } else if image == nil {
            try Console.data(PassText.screen(pass))
        } else {
            Console.words(PassText.words(pass))
        }
    }
}

/// The pass on an 80×24 screen: 23 rows of QR and one line of words (CODE-4).
enum PassText {
    static func screen(_ pass: ExitPassView) -> String {
        guard let code = QRText.halfBlocks(pass.text) else { return words(pass) + "\n" + pass.text }
        return code + "\n" + words(pass)
    }

    static func words(_ pass: ExitPassView) -> String {
        let pieces = pass.pieces == 1 ? "1 piece" : "\(pass.pieces) pieces"
        let time =
            pass.minutesLeft > 0
            ? "valid \(pass.minutesLeft) more min" : "over: tote exit again for a new one"
        return "EXIT PASS  \(pieces)  \(time)"
    }
}
