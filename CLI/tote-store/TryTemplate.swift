import ArgumentParser
import ToteBarcodes
import ToteTerminal
import ToteValues

struct TryTemplate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Show what each part of a template makes of a code.",
        discussion: """
            Example: tote-store template try '28{code:4}{i}{embed:5}{ec}' 2812346005001

            Quote the template: braces mean something to a shell. Exit 0 if it fits, else 65.
            """)

    @Argument(help: "The template, for example 28{code:4}{i}{embed:5}{ec}.")
    var template: String

    @Argument(help: "Digits or text of the code.")
    var code: String

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (1...ScanInput.maximumBytes).contains(code.utf8.count) else {
            throw ValidationError("CODE has 1 to \(ScanInput.maximumBytes) bytes.")
        }
    }

    func run() throws {
        let trace = try MeasureTemplate(id: "try", text: template, unit: .minor).trace(of: code)
        if json {
            try TerminalOutput.standard.line(Self.json(trace).prettyText)
        } else {
            var table = Table(columns: ["part", "takes", ""].map { .init($0) })
            for step in trace.steps { table.add([step.part, step.taken, step.fault ?? ""]) }
            if !trace.rest.isEmpty { table.add(["", trace.rest, "is left over"]) }
            for line in table.lines(columns: 200) { try TerminalOutput.standard.line(line) }
        }
        if !trace.fits { throw ExitCode(65) }
    }

    private static func json(_ trace: TemplateTrace) -> JSONValue {
        .object([
            "fits": .bool(trace.fits),
            "parts": .array(
                trace.steps.map { step in
                    .object([
                        "part": .string(step.part), "takes": .string(step.taken),
                        "fault": step.fault.map { .string($0) },
                    ])
                }),
            "rest": .string(trace.rest),
        ])
    }
}
