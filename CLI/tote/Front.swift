import ArgumentParser
import ToteTerminal

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The front door of `tote`: parse, call, render; the exit code is the kind of failure.
/// Nothing is opened, read or initialised before the arguments are understood.
@main
enum Front {
    static func main() async {
        TerminalOutput.ignoreClosedPipes()
        var arguments: [String] = []
        do {
            arguments = try CommandArguments.read()
            // What scripts ask most needs no tree of commands: half the start-up time.
            if arguments == ["--version"] {
                try Console.data(ToteCommand.version)
                exit(0)
            }
            try CommandArguments.refuseRepeats(arguments)
            var command = try ToteCommand.parseAsRoot(arguments)
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch {
            exit(Refusal.report(error, arguments: arguments))
        }
        exit(0)
    }
}
