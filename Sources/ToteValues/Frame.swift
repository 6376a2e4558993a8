/// A grey picture: 8 bits a pixel, 0 is black.
public struct Frame: Sendable {
    public static let sideRange = 1...16384

    /// Row by row, `stride` bytes each.
    public let pixels: [UInt8]
    /// 1…16384.
    public let width: Int
    /// 1…16384.
    public let height: Int
    /// Bytes from one row to the next, ≥ `width`.
    public let stride: Int
    public let origin: FrameOrigin

    /// `nil` unless the sides are 1…16384 and `pixels` holds `stride · (height − 1) + width`.
    public init?(pixels: [UInt8], width: Int, height: Int, stride: Int, origin: FrameOrigin) {
        guard Self.sideRange.contains(width), Self.sideRange.contains(height), stride >= width,
            height == 1 || stride <= pixels.count,
            width <= pixels.count - (height == 1 ? 0 : stride * (height - 1))
        else { return nil }
        self.pixels = pixels
        self.width = width
        self.height = height
        self.stride = stride
        self.origin = origin
    }
}

/// Where a frame comes from and how its pixels map to the source picture.
public struct FrameOrigin: Hashable, Sendable {
    public enum Source: String, Sendable { case file, camera, memory }

    public var source: Source
    /// Number of the frame in its stream; 0 for a single picture.
    public var sequence: UInt64
    public var takenAt: Moment?
    /// Source-picture position of the frame's top-left pixel, px.
    public var x: Double
    public var y: Double
    /// Source pixels per frame pixel.
    public var scale: Double

    public init(
        source: Source, sequence: UInt64 = 0, takenAt: Moment? = nil, x: Double = 0, y: Double = 0,
        scale: Double = 1
    ) {
        self.source = source
        self.sequence = sequence
        self.takenAt = takenAt
        self.x = x
        self.y = y
        self.scale = scale
    }
}
