import Tote
import ToteBarcodes
import ToteCamera
import ToteTerminal
import ToteValues

/// The device that `tote scan` listens to, opened.
enum StreamSource {
    case camera(CameraScan)
    case scanner(ScannerScan)

    static func open(_ options: StreamOptions) throws -> StreamSource {
        if let path = options.camera { return .camera(try CameraScan(path: path, world: .system)) }
        return .scanner(
            try ScannerScan(
                path: options.scanner ?? "-", groupSeparator: options.groupSeparator,
                world: .system))
    }

    /// - Parameter identifiers: the GS1 application identifiers that the store knows.
    func run(
        desk: StreamDesk, seconds: Int?, identifiers: IdentifierTable
    ) async throws {
        let stop = StopSignals()
        switch self {
        case .camera(var scan):
            scan.know(identifiers)
            try await scan.run(desk: desk, seconds: seconds, until: stop)
        case .scanner(var scan): try await scan.run(desk: desk, seconds: seconds, until: stop)
        }
    }
}

/// From the lines of a scanner to scans.
struct ScannerScan {
    private let path: String
    private let port: ScannerPort
    private var line: ScannerLine
    private let clock: @Sendable () -> Int64

    init(path: String, groupSeparator: UInt8?, world: World) throws(TripError) {
        self.path = path
        do throws(ScannerPort.Failure) {
            port = try ScannerPort(path: path)
        } catch {
            throw Self.refusal(error, path)
        }
        line = ScannerLine(device: .scanner, groupSeparator: groupSeparator)
        clock = world.uptimeMilliseconds
    }

    mutating func run(desk: StreamDesk, seconds: Int?, until stop: StopSignals) async throws {
        var desk = desk
        let end = seconds.map { clock() + Int64($0) * 1000 }
        while !stop.isRaised, !desk.isFull, end.map({ clock() < $0 }) ?? true {
            switch port.next() {
            case .nothing: continue
            case .bytes(let bytes):
                for event in line.take(bytes, at: clock()) where !desk.isFull {
                    try await take(event, &desk)
                }
            case .end:
                if let event = line.finish() { try await take(event, &desk) }
                return try desk.finish()
            }
        }
        try desk.finish()
    }

    private func take(_ event: ScannerLine.Event, _ desk: inout StreamDesk) async throws {
        switch event {
        case .line(let line):
            let text = String(decoding: line.input.bytes, as: UTF8.self)
            let aim = line.input.aim.map { JSONMember("aim", .string($0.text)) }
            let members =
                [
                    JSONMember("text", .string(text)),
                    JSONMember("bytes", .string(Hex.encode(line.input.bytes))),
                ] + [aim].compactMap(\.self)
            try await desk.take(line.input, text: VisibleText.escaped(text), members: members)
        case .repeated(let line):
            let text = String(decoding: line.input.bytes, as: UTF8.self)
            try desk.note(
                "sentTwice", "The scanner sent that twice; it counts once.",
                [JSONMember("text", .string(text))])
        case .lineTooLong:
            try desk.note(
                "lineTooLong",
                "A line had more than \(ScanInput.maximumBytes) bytes: nothing was added.")
        }
    }

    private static func refusal(_ failure: ScannerPort.Failure, _ path: String) -> TripError {
        let quoted = CommandArguments.quote(path)
        return switch failure {
        case .missing:
            TripError(
                code: "scannerMissing", kind: .noInput, message: "'\(quoted)' cannot be opened.",
                mend: "Name the scanner's line, as ls /dev/ttyACM* /dev/ttyUSB* shows it, and "
                    + "check that you may read it.")
        case .notADevice:
            TripError(
                code: "notAScanner", kind: .noInput,
                message: "'\(quoted)' is neither a serial line nor a pipe.",
                mend: "For a list of codes: tote scan - < FILE")
        }
    }
}
