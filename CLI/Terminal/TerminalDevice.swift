#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What ink looks like on the terminal.
public enum TerminalBackground: String, Hashable, Sendable, CaseIterable { case dark, light }

/// What the terminal behind a file descriptor is.
public enum TerminalDevice {
    public static let standardColumns = 80
    public static let standardRows = 24

    public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Characters a line; 80 when unknown.
    public static func columns(_ descriptor: Int32) -> Int {
        let columns = size(descriptor).columns
        return columns > 0 ? columns : standardColumns
    }

    /// Lines; 24 when unknown.
    public static func rows(_ descriptor: Int32) -> Int {
        let rows = size(descriptor).rows
        return rows > 0 ? rows : standardRows
    }

    /// From `COLORFGBG` (`15;0`: the last number is the background), else dark.
    public static func background(environment: [String: String]) -> TerminalBackground {
        let number = environment["COLORFGBG"]?.split(separator: ";").last.flatMap { Int($0) }
        guard let number else { return .dark }
        return number == 7 || (9...15).contains(number) ? .light : .dark
    }

    /// `struct winsize` begins with rows and columns, two 16-bit numbers, on every system. It is
    /// read as such, because the type belongs to whichever C module includes its header first.
    private static func size(_ descriptor: Int32) -> (rows: Int, columns: Int) {
        var words = [UInt16](repeating: 0, count: 4)
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &words) == 0 else { return (0, 0) }
        return (Int(words[0]), Int(words[1]))
    }
}
