/// How much a picture is shrunk before it becomes a frame: source pixels per frame pixel.
public enum FrameScale: Int, Sendable, CaseIterable {
    case full = 1
    case half = 2
    case quarter = 4

    public var divisor: Int { rawValue }

    /// Frame pixels that `length` picture pixels become; the last one may be a part.
    public func side(_ length: Int) -> Int {
        (length + rawValue - 1) / rawValue
    }
}
