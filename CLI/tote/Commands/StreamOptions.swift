import ArgumentParser

/// Codes that come one after the other from a device.
struct StreamOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Watch a camera, or a recording in its place.", valueName: "path"))
    var camera: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Read a scanner on a serial line, a named pipe, or -.", valueName: "path"))
    var scanner: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "What the scanner is set to send for GS, one ASCII character.", valueName: "c"),
        transform: Self.separator)
    var groupSeparator: UInt8?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("End after so many seconds, 1…86400.", valueName: "n"),
        transform: { try QuantityOptions.number($0, in: 1...86_400, option: "--seconds") })
    var seconds: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("End after so many scans, 1…100000.", valueName: "n"),
        transform: { try QuantityOptions.number($0, in: 1...100_000, option: "--count") })
    var count: Int?

    var isGiven: Bool { camera != nil || scanner != nil }

    func validate() throws {
        if !isGiven, seconds != nil || count != nil {
            throw ValidationError("--seconds and --count go with --camera or --scanner.")
        }
        if scanner == nil, groupSeparator != nil {
            throw ValidationError("--group-separator goes with --scanner.")
        }
    }

    /// A letter or digit stands for itself in codes.
    static func separator(_ text: String) throws -> UInt8 {
        guard text.utf8.count == 1, let byte = text.utf8.first, (0x20..<0x7F).contains(byte),
            !Character(Unicode.Scalar(byte)).isLetter, !Character(Unicode.Scalar(byte)).isNumber
        else {
            throw ValidationError(
                "--group-separator is one ASCII character that is no letter and no digit, not "
                    + "'\(CommandArguments.quote(text))'.")
        }
        return byte
    }
}
