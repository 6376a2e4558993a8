import TotePictures
import ToteValues

/// A picture loader as the fuzzer meets it: all scales of one file, and frames of the right size.
enum PictureDoor {
    /// Small enough for many runs a second; every larger picture is refused by its header.
    private static let limits = PictureLimits(pixels: 1 << 18)

    static func open(_ bytes: [UInt8]) {
        guard let picture = try? Picture(bytes: bytes, limits: limits) else { return }
        for scale in [FrameScale.full, .half, .quarter] {
            guard let frame = try? picture.frame(scale: scale) else { continue }
            precondition(frame.width == scale.side(picture.width))
            precondition(frame.height == scale.side(picture.height))
        }
    }
}

extension [UInt8] {
    init(_ data: UnsafePointer<UInt8>?, _ count: Int) {
        self.init(UnsafeBufferPointer(start: data, count: count))
    }
}
