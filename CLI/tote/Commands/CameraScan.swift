import Tote
import ToteBarcodes
import ToteCamera
import ToteDecoding
import ToteTerminal
import ToteValues

/// From the frames of a camera to scans: one pass of a code is one (VID-2, SYNC-15).
struct CameraScan {
    /// Time passes there also without frames.
    private let isLive: Bool
    private let world: World
    private let decoder: SymbolDecoder
    private var profile: DecodingProfile
    private var feed: CameraFeed
    private var watch: ScanWatch
    /// Lines of the cart, for the offer of a quantity.
    private var lines: [ScanKey: LineView] = [:]
    private var frames = 0

    init(path: String, world: World) throws(TripError) {
        isLive = CameraPath.isLive(path)
        self.world = world
        let today = CalendarDay(daysSince1970: world.now().milliseconds / 86_400_000)
        profile = .trip(today: today)
        watch = .trip(today: today)
        do throws(DecodingError) {
            decoder = try SymbolDecoder(world: world)
        } catch {
            throw TripError(error)
        }
        do throws(CameraError) {
            feed = try CameraFeed(clock: world.uptimeMilliseconds) { () throws(CameraError) in
                try CameraPath.open(path, world: world)
            }
        } catch {
            throw TripError(error)
        }
    }

    /// The GS1 application identifiers of the store, once it is known; before the first frame.
    mutating func know(_ identifiers: IdentifierTable) {
        let today = CalendarDay(daysSince1970: world.now().milliseconds / 86_400_000)
        profile = .trip(today: today, identifiers: identifiers)
        watch = .trip(today: today, identifiers: identifiers)
    }

    /// - Parameter seconds: of the stream: of a recording by its own times.
    mutating func run(desk: StreamDesk, seconds: Int?, until stop: StopSignals) async throws {
        var desk = desk
        var clock = StreamClock(seconds: seconds, startedAt: world.uptimeMilliseconds())
        while !stop.isRaised, !desk.isFull {
            if isLive, clock.isOver(uptime: world.uptimeMilliseconds()) { break }
            let event: CameraFeed.Event
            do throws(CameraError) {
                event = try feed.next()
            } catch {
                return try finish(&desk, error: TripError(error))
            }
            switch event {
            case .nothing: continue
            case .wait(let milliseconds): try await Task.sleep(for: .milliseconds(milliseconds))
            case .lost(let error): try desk.note("cameraLost", "\(error.message) \(error.mend)")
            case .back: try desk.note("cameraBack", "The camera is back.")
            case .end: return try finish(&desk)
            case .frame(let frame):
                let taken = frame.origin.takenAt ?? world.now()
                if clock.isOver(frame: taken) { return try finish(&desk) }
                try await look(at: frame, taken: taken, &desk)
            }
        }
        try finish(&desk)
    }

    private func finish(_ desk: inout StreamDesk, error: TripError? = nil) throws {
        try desk.finish([JSONMember("frames", .integer(Int64(frames)))], error: error)
    }

    private mutating func look(
        at frame: Frame, taken: Moment, _ desk: inout StreamDesk
    ) async throws {
        frames += 1
        let result: DecodeResult
        do throws(DecodingError) {
            result = try decoder.decodeVideo(frame, profile: profile)
        } catch {
            throw TripError(error)
        }
        let events = watch.take(
            sequence: frame.origin.sequence, at: taken, symbols: result.symbols,
            rejected: result.rejected)
        for event in events where !desk.isFull { try await take(event, frame, &desk) }
    }

    private mutating func take(
        _ event: ScanEvent, _ frame: Frame, _ desk: inout StreamDesk
    ) async throws {
        let number = JSONMember("frame", .integer(Int64(frame.origin.sequence)))
        switch event {
        case .scanned(let key, let symbol):
            let text = "\(symbol.symbology.name)  \(VisibleText.escaped(symbol.text))"
            try await desk.take(
                ScanInput(symbol: symbol), text: text,
                members: [number] + SymbolText.members(symbol))
            lines[key] = desk.lastLine
        case .partOf(let symbol, let missing):
            let numbers = missing.map(String.init).joined(separator: ", ")
            try desk.note(
                "partOf", "This is one part of a code; show also: \(numbers).",
                [number, JSONMember("missing", .array(missing.map { .integer(Int64($0)) }))]
                    + SymbolText.members(symbol))
        case .severalInView(let key, let symbol, let count):
            let line = lines[key].map { "tote set \($0.number) \(count)" } ?? "add it again"
            try desk.note(
                "severalInView",
                "\(count) of \(VisibleText.escaped(lines[key]?.name ?? symbol.text)) lie in view; "
                    + "one was added. For \(count): \(line)",
                [number, JSONMember("count", .integer(Int64(count)))]
                    + SymbolText.members(symbol))
        }
    }
}

/// When a stream has lasted long enough.
private struct StreamClock {
    let seconds: Int?
    let startedAt: Int64
    private var firstFrame: Moment?

    init(seconds: Int?, startedAt: Int64) {
        self.seconds = seconds
        self.startedAt = startedAt
    }

    func isOver(uptime: Int64) -> Bool {
        seconds.map { uptime - startedAt >= Int64($0) * 1000 } ?? false
    }

    mutating func isOver(frame taken: Moment) -> Bool {
        let first = firstFrame ?? taken
        firstFrame = first
        return seconds.map { taken >= first.adding(seconds: Int64($0)) } ?? false
    }
}

extension TripError {
    init(_ error: DecodingError) {
        self.init(
            code: error.code.rawValue, kind: .internalDefect, message: error.message,
            mend: error.mend)
    }

    init(_ error: CameraError) {
        let kind: FailureKind =
            switch error.code {
            case .cameraMissing, .notACamera: .noInput
            case .cameraBusy: .tryLater
            case .noUsableFormat, .streamMalformed: .data
            case .cameraLost: .io
            }
        self.init(
            code: error.code.rawValue, kind: kind, message: error.message, mend: error.mend)
    }
}
