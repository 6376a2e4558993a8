import ArgumentParser
import Crypto
import ToteDecoding
import ToteExits
import ToteMessages
import TotePictures
import ToteStorage
import ToteStore
import ToteTerminal
import ToteValues

struct GateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "Let paid shoppers out, without a network.",
        subcommands: [GateVerify.self])
}

struct GateVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Decide about one exit pass; a pass opens once.",
        discussion: """
            Examples:
              curl -s https://shop.example/v1/keys > keys.json
              tote-store gate verify --keys keys.json 'PASS TEXT'
              tote-store gate verify --image pass.png
              tote exit --text | tote-store gate verify -

            Works offline: the gate's folder keeps the store's public keys and the passes used. \
            The keys are believed only if the root key signed them that this gate saw first. \
            Exit 0 and OPEN, or 65 and the reason.
            """)

    @Argument(help: ArgumentHelp("Text of the pass; - reads it from standard input."))
    var text: String?

    @Option(name: .long, help: ArgumentHelp("Picture of the pass.", valueName: "file"))
    var image: String?

    @Option(
        name: .long, help: ArgumentHelp("Key set of the store (GET /v1/keys).", valueName: "file"))
    var keys: String?

    @Option(
        name: [.long, .customLong("data")],
        help: ArgumentHelp("Folder of this gate's files.", valueName: "folder"))
    var folder = "tote-gate-data"

    @Option(name: .long, help: "This gate's name.")
    var gate = "gate-1"

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (text == nil) != (image == nil) else {
            throw ValidationError("Give the pass as text, as - or with --image.")
        }
        guard (1...64).contains(gate.utf8.count) else {
            throw ValidationError("--gate has 1 to 64 bytes.")
        }
    }

    func run() async throws {
        let texts = try readTexts()
        let keySet = try GateKeys(folder: folder).current(update: keys)
        let consumed = try GateConsumed.open(path: folder + "/gate.sqlite")
        let decision = try consumed.decide(
            texts: texts, keySet: keySet, store: keySet.store, gate: gate,
            signedTimeAt: keySet.issuedAt, now: World.system.now())
        let answer = GateAnswer(decision)
        try show(answer)
        if !answer.opens { throw ExitCode(65) }
    }

    private func show(_ answer: GateAnswer) throws {
        guard !json else {
            return try TerminalOutput.standard.line(answer.json.prettyText)
        }
        let words: String
        if answer.opens {
            let pieces = answer.pieces ?? 0
            words = "OPEN  \(pieces) \(pieces == 1 ? "piece" : "pieces"), \(answer.basis ?? "")"
        } else {
            words = "STOP  \(answer.sentence) [\(answer.result)]"
        }
        try TerminalOutput.standard.line(VisibleText.escaped(words))
    }

    /// What the gate sees: spaces are data, only line ends go (CODE-2).
    private func readTexts() throws -> [String] {
        if let image { return try Self.texts(ofPicture: image) }
        guard text == "-" else { return [text ?? ""] }
        let bytes = try StoreInput.standardInput(atMost: GateRules.maximumTextLength + 2)
        var line = bytes[...]
        while let last = line.last, last == 0x0A || last == 0x0D { line = line.dropLast() }
        return [String(decoding: line, as: UTF8.self)]
    }

    private static func texts(ofPicture path: String) throws -> [String] {
        let picture = try Picture.open(path: path)
        let decoder = try SymbolDecoder(world: .system)
        let result = try decoder.decodeStill(width: picture.width, height: picture.height) {
            try picture.frame(scale: $0)
        }
        guard !result.symbols.isEmpty else {
            throw StoreRefusal(
                kind: .data, code: "noCode", message: "There is no code in the picture.",
                mend: "Hold the pass closer, flat and in the light.")
        }
        return result.symbols.map { String(decoding: $0.bytes, as: UTF8.self) }
    }
}

/// The keys a gate believes: signed by the root that it saw first, and never an older set.
struct GateKeys {
    let folder: String

    // Not the name of the store's own key file: a gate may stand in the store's folder.
    private var rootFile: String { folder + "/gate-root.key" }
    private var keysFile: String { folder + "/gate-keys.json" }

    /// - Parameter update: a newer set to take, if it is one.
    func current(update path: String?) throws -> GateKeySet {
        try PrivateFile.makeFolder(folder)
        let root = try PrivateFile.read(rootFile)
        let held = try PrivateFile.read(keysFile).flatMap { bytes in
            try root.map { try Self.verified(bytes, root: $0, held: nil) }
        }
        guard let path else {
            guard let held else {
                throw StoreRefusal(
                    kind: .data, code: "noKeys", message: "This gate has no keys yet.",
                    mend: "Give the store's key set once: --keys FILE")
            }
            return held
        }
        let bytes = try StoreInput.bytes(of: path, atMost: 256 * 1024)
        let pinned = try root ?? Self.answer(bytes).root
        let fresh = try Self.verified(bytes, root: pinned, held: held)
        try PrivateFile.write(pinned, to: rootFile)
        try PrivateFile.write(bytes, to: keysFile)
        return fresh
    }

    private static func answer(_ bytes: [UInt8]) throws -> StoreKeysAnswer {
        let limits = StrictJSON.Limits(stringBytes: 128 * 1024)
        guard let value = try? StrictJSON.parse(bytes, limits: limits),
            let answer = try? StoreKeysAnswer(json: JSONField(value))
        else { throw refusal("malformed") }
        return answer
    }

    private static func verified(
        _ bytes: [UInt8], root: [UInt8], held: GateKeySet?
    ) throws -> GateKeySet {
        let answer = try answer(bytes)
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: root) else {
            throw refusal("malformed")
        }
        do throws(KeySetError) {
            return try answer.keys.verified(root: key, store: held?.store, held: held)
        } catch { throw refusal(error.rawValue) }
    }

    private static func refusal(_ code: String) -> StoreRefusal {
        StoreRefusal(
            kind: .data, code: code, message: "The key set is not to be believed.",
            mend: "Fetch it again from the store; the gate keeps the one it has.")
    }
}
