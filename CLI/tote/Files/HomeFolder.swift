import Tote

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Environment of the process.
enum Environment {
    /// `nil` when unset or empty.
    static func value(_ name: String) -> String? {
        guard let pointer = getenv(name) else { return nil }
        let text = String(cString: pointer)
        return text.isEmpty ? nil : text
    }

    /// What decides how text looks.
    static var ofTerminal: [String: String] {
        let names = ["NO_COLOR", "TERM", "COLORFGBG"]
        return Dictionary(
            uniqueKeysWithValues: names.compactMap { name in value(name).map { (name, $0) } })
    }
}

/// Where this device keeps its files: `--home`, `TOTE_HOME`, else `tote` in the data folder of the
/// XDG Base Directory Specification 0.8.
enum HomeFolder {
    static func path(option: String?) throws(TripError) -> String {
        if let path = option ?? Environment.value("TOTE_HOME") {
            guard !path.isEmpty else { throw refusal("The home folder is named ''.") }
            return path
        }
        if let data = Environment.value("XDG_DATA_HOME") {
            guard data.hasPrefix("/") else {
                throw refusal("XDG_DATA_HOME is '\(data)', which is not an absolute path.")
            }
            return data + "/tote"
        }
        guard let home = Environment.value("HOME"), home.hasPrefix("/") else {
            throw refusal("HOME is not set to an absolute path.")
        }
        return home + "/.local/share/tote"
    }

    private static func refusal(_ message: String) -> TripError {
        TripError(
            code: "badHome", kind: .configuration, message: message,
            mend: "Name a folder with --home or TOTE_HOME.")
    }
}
