import ArgumentParser
import Tote
import ToteTerminal
import ToteValues

/// How every failure ends: one code, one sentence, one way out, and the exit code of its kind.
enum Refusal {
    static func report(_ error: any Error, arguments: [String]) -> Int32 {
        let asJSON = arguments.contains("--json")
        switch error {
        case let refusal as TripError:
            show(refusal, asJSON: asJSON)
            return refusal.kind.rawValue
        case let lost as OutputError:
            return report(lost)
        case let status as ExitCode:
            return status.rawValue
        default:
            return reportUsage(error, arguments: arguments, asJSON: asJSON)
        }
    }

    static func show(_ refusal: TripError, asJSON: Bool) {
        Console.words(asJSON ? json(of: refusal).canonicalText : text(of: refusal))
    }

    static func json(of refusal: TripError) -> JSONValue {
        .object([
            "error": .object([
                "code": .string(refusal.code), "message": .string(refusal.message),
                "mend": .string(refusal.mend),
            ])
        ])
    }

    /// The same beside other members of an object.
    static func members(of refusal: TripError) -> [JSONMember] {
        guard case .object(let members) = json(of: refusal) else { return [] }
        return members
    }

    static func text(of refusal: TripError) -> String {
        let first = "tote: \(VisibleText.escaped(refusal.message)) [\(refusal.code)]"
        return refusal.mend.isEmpty ? first : first + "\n  \(VisibleText.escaped(refusal.mend))"
    }

    private static func report(_ lost: OutputError) -> Int32 {
        if lost != .closedPipe { Console.words("tote: \(lost.message) [outputLost]") }
        return lost.exitCode
    }

    /// Help and version are asked for and go to standard output; all else is usage.
    private static func reportUsage(_ error: any Error, arguments: [String], asJSON: Bool) -> Int32
    {
        let message = ToteCommand.fullMessage(for: error)
        if ToteCommand.exitCode(for: error).isSuccess {
            do {
                try Console.data(message)
                return 0
            } catch {
                return report(error, arguments: [])
            }
        }
        if asJSON {
            let cause = shortened(ToteCommand.message(for: error), arguments: arguments)
            let mend = "See tote help."
            show(
                TripError(code: "usage", kind: .usage, message: cause, mend: mend), asJSON: true)
        } else {
            Console.words(shortened(message, arguments: arguments))
        }
        return FailureKind.usage.rawValue
    }

    /// The parser quotes what was typed in full; a terminal wants 80 harmless characters.
    private static func shortened(_ message: String, arguments: [String]) -> String {
        let quoted = arguments.reduce(message) { text, argument in
            let short = CommandArguments.quote(argument)
            return short == argument ? text : text.replacing(argument, with: short)
        }
        return quoted.split(separator: "\n", omittingEmptySubsequences: false)
            .map { VisibleText.escaped(String($0)) }.joined(separator: "\n")
    }
}
