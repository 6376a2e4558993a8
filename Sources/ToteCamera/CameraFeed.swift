// A source that heals: when a camera that worked is unplugged, it is tried again every two seconds
// (VID-6). Frames are numbered here, rising over reconnections, as `ScanWatch` wants it. A pure
// machine but for the source behind it: the caller waits.

public import ToteValues

/// Frames of one place, for as long as it takes.
public struct CameraFeed {
    public enum Event: Sendable {
        case frame(Frame)
        /// No new frame; ask again.
        case nothing
        /// The camera is gone. Said once; `wait` follows until it is back.
        case lost(CameraError)
        /// The camera is there again.
        case back
        /// Ask again after so many milliseconds.
        case wait(milliseconds: Int64)
        /// A recording is over.
        case end
    }

    /// Between two attempts to find a lost camera, milliseconds.
    public static let retryMilliseconds: Int64 = 2000
    /// So that a program hears when it should end, milliseconds.
    private static let longestWaitMilliseconds: Int64 = 250

    private enum State {
        case open(any FrameSource)
        case lost(retryAt: Int64)
    }

    private let clock: () -> Int64
    private let open: () throws(CameraError) -> any FrameSource
    private var state: State
    private var nextSequence: UInt64 = 0

    /// Opens the source for the first time.
    /// - Parameter clock: milliseconds that only grow.
    /// - Throws: what `open` throws: a camera that never was there is an error, not a wait.
    public init(
        clock: @escaping () -> Int64, open: @escaping () throws(CameraError) -> any FrameSource
    ) throws(CameraError) {
        self.clock = clock
        self.open = open
        state = .open(try open())
    }

    /// - Throws: `streamMalformed`, after which nothing more comes.
    public mutating func next() throws(CameraError) -> Event {
        switch state {
        case .open(let source): return try next(of: source)
        case .lost(let retryAt): return retry(at: retryAt)
        }
    }

    private mutating func next(of source: any FrameSource) throws(CameraError) -> Event {
        do throws(CameraError) {
            switch try source.next() {
            case .frame(let frame): return numbered(frame)
            case .nothing: return .nothing
            case .end: return .end
            }
        } catch {
            guard error.code == .cameraLost else { throw error }
            state = .lost(retryAt: clock() + Self.retryMilliseconds)
            return .lost(error)
        }
    }

    private mutating func retry(at time: Int64) -> Event {
        let wait = time - clock()
        guard wait <= 0 else { return .wait(milliseconds: min(wait, Self.longestWaitMilliseconds)) }
        guard let source = try? open() else {
            state = .lost(retryAt: clock() + Self.retryMilliseconds)
            return .wait(milliseconds: Self.longestWaitMilliseconds)
        }
        state = .open(source)
        return .back
    }

    private mutating func numbered(_ frame: Frame) -> Event {
        var origin = frame.origin
        origin.sequence = nextSequence
        nextSequence += 1
        let numbered = Frame(
            pixels: frame.pixels, width: frame.width, height: frame.height, stride: frame.stride,
            origin: origin)
        return numbered.map(Event.frame) ?? .nothing
    }
}
