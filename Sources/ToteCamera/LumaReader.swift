// From a camera's buffer to a grey frame. The buffer may be shorter than the format says, rows may
// be padded, sides may be odd: everything is checked before a byte is read.

import TotePictures
public import ToteValues

/// Brightness out of one buffer of a camera.
public struct LumaReader: Sendable {
    public let format: PixelFormat
    /// Pixels.
    public let width: Int
    public let height: Int
    /// Bytes from one row of brightness to the next; MJPEG has none.
    public let stride: Int

    /// `nil` for sides that no frame may have, or rows shorter than their pixels.
    /// - Parameter stride: 0 where the driver does not say: rows without padding.
    public init?(format: PixelFormat, width: Int, height: Int, stride: Int) {
        let rowBytes = format.rowBytes(width: width)
        guard Frame.sideRange.contains(width), Frame.sideRange.contains(height),
            stride == 0 || stride >= (format == .yuyv ? 2 * width - 1 : rowBytes)
        else { return nil }
        self.format = format
        self.width = width
        self.height = height
        self.stride = stride == 0 ? rowBytes : stride
    }

    /// `nil` for a buffer that holds less than a frame, or a JPEG that is cut or too large.
    public func frame(in buffer: UnsafeRawBufferPointer, origin: FrameOrigin) -> Frame? {
        switch format {
        case .grey, .nv12: plane(buffer, origin)
        case .yuyv: packed(buffer, origin)
        case .mjpeg: compressed(buffer, origin)
        }
    }

    /// The plane of brightness comes first.
    private func plane(_ buffer: UnsafeRawBufferPointer, _ origin: FrameOrigin) -> Frame? {
        let count = stride * (height - 1) + width
        guard buffer.count >= count else { return nil }
        return Frame(
            pixels: Array(buffer.prefix(count)), width: width, height: height,
            stride: max(stride, width), origin: origin)
    }

    /// Y0 U Y1 V: every second byte.
    private func packed(_ buffer: UnsafeRawBufferPointer, _ origin: FrameOrigin) -> Frame? {
        guard buffer.count >= stride * (height - 1) + 2 * width - 1 else { return nil }
        let pixels = [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
            for row in 0..<height {
                let line = row &* stride
                let target = row &* width
                for x in 0..<width { out[target &+ x] = buffer[line &+ 2 &* x] }
            }
            count = width * height
        }
        return Frame(pixels: pixels, width: width, height: height, stride: width, origin: origin)
    }

    private func compressed(_ buffer: UnsafeRawBufferPointer, _ origin: FrameOrigin) -> Frame? {
        let limits = PictureLimits(side: max(width, height), pixels: width * height)
        guard buffer.starts(with: [0xFF, 0xD8]),
            let picture = try? Picture(bytes: Array(buffer), limits: limits),
            let frame = try? picture.frame(scale: .full)
        else { return nil }
        return Frame(
            pixels: frame.pixels, width: frame.width, height: frame.height, stride: frame.stride,
            origin: origin)
    }
}
