// Which of its modes a camera is asked for: a pure choice. Barcodes want pixels, decoding wants
// few: 1280 × 720 is where a shopper's EAN at arm's length has two pixels a bar. At equal size
// plain formats come first, because MJPEG costs a decompression and blurs bars.

/// How pixels lie in a camera's buffer. Only brightness is used.
public enum PixelFormat: String, Hashable, Sendable, CaseIterable {
    case grey = "GREY"
    case nv12 = "NV12"
    case yuyv = "YUYV"
    case mjpeg = "MJPG"

    /// Four characters, the first in the lowest byte, as V4L2 writes them.
    public var fourCC: UInt32 {
        rawValue.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    public init?(fourCC: UInt32) {
        guard let format = Self.allCases.first(where: { $0.fourCC == fourCC }) else { return nil }
        self = format
    }

    /// Bytes of one row of brightness without padding; 0 where rows have no size.
    func rowBytes(width: Int) -> Int {
        switch self {
        case .grey, .nv12: width
        case .yuyv: 2 * ((width + 1) / 2) * 2
        case .mjpeg: 0
        }
    }
}

/// One way a camera can work.
public struct CameraMode: Hashable, Sendable {
    public var format: PixelFormat
    public var width: Int
    public var height: Int
    /// Frames a second at the most; `nil` when the camera does not say.
    public var framesPerSecond: Double?

    public init(format: PixelFormat, width: Int, height: Int, framesPerSecond: Double?) {
        self.format = format
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
    }

    static let smallest = (width: 640, height: 480)
    static let largest = (width: 1920, height: 1080)
    /// Slower, and a code that moves through the view is seen in one frame only.
    static let fewestFramesPerSecond: Double = 15
    private static let idealPixels = 1280 * 720

    private var isUsable: Bool {
        (Self.smallest.width...Self.largest.width).contains(width)
            && (Self.smallest.height...Self.largest.height).contains(height)
            && framesPerSecond.map { $0 >= Self.fewestFramesPerSecond } ?? true
    }

    private var distance: Int { abs(width * height - Self.idealPixels) }

    private var rank: Int { PixelFormat.allCases.firstIndex(of: format) ?? 0 }

    /// The mode to ask for; `nil` if none will do.
    public static func best(of modes: [CameraMode]) -> CameraMode? {
        modes.filter(\.isUsable).min { one, other in
            (one.distance, one.rank) < (other.distance, other.rank)
        }
    }
}
