public import ToteValues

/// A picture file in memory whose header has been read and found within the limits. Pixels are
/// decoded only by `frame(scale:)`, so that a large photograph can be tried small first (PIC-8).
///
/// JPEG, PNG, WebP and PGM (P2, P5), told apart by their magic bytes, never by a name (PIC-1).
public struct Picture: Sendable {
    /// Width in px as the shopper sees the picture, after EXIF orientation.
    public let width: Int
    /// Height in px as the shopper sees the picture, after EXIF orientation.
    public let height: Int

    private let bytes: [UInt8]
    private let header: PictureHeader

    /// Reads a regular file; symbolic links to one are followed.
    ///
    /// - Throws: `notARegularFile`, `unreadable`, and what `init(bytes:limits:)` throws.
    public static func open(
        path: String, limits: PictureLimits = .default
    ) throws(PictureError) -> Picture {
        try Picture(bytes: PictureFile.read(path: path, limits: limits), limits: limits)
    }

    /// Reads the header only; no pixel memory is taken.
    ///
    /// - Throws: `imageTooLarge`, `imageMalformed`, `imageUnsupported`.
    public init(bytes: [UInt8], limits: PictureLimits = .default) throws(PictureError) {
        guard bytes.count <= limits.fileBytes else { throw .fileTooLarge(bytes: bytes.count) }
        let header = try PictureHeader.read(bytes)
        try limits.check(width: header.width, height: header.height)
        try header.checkMemory(fileBytes: bytes.count)
        self.bytes = bytes
        self.header = header
        width = header.orientation.swapsSides ? header.height : header.width
        height = header.orientation.swapsSides ? header.width : header.height
    }

    /// The grey picture, whole or shrunk: JPEG in its decoder, others by area mean.
    ///
    /// - Throws: `imageMalformed`; never a part of a picture.
    public func frame(scale: FrameScale) throws(PictureError) -> Frame {
        let grey = try greyPixels(scale: scale).oriented(header.orientation)
        let origin = FrameOrigin(source: .file, scale: Double(scale.divisor))
        guard
            let frame = Frame(
                pixels: grey.pixels, width: grey.width, height: grey.height, stride: grey.width,
                origin: origin)
        else { throw .imageMalformed(at: bytes.count) }
        return frame
    }

    private func greyPixels(scale: FrameScale) throws(PictureError) -> GreyPixels {
        switch header.format {
        case .jpeg(let layout):
            return try JPEGDecoder.grey(
                bytes, header: header, colours: layout.colours, scale: scale)
        case .png(let layout):
            return try PNGDecoder.grey(bytes, header: header, layout: layout).shrunk(scale)
        case .webP(let layout):
            return try WebPDecoder.grey(bytes, header: header, layout: layout).shrunk(scale)
        case .greyMap(let map):
            return try map.grey(bytes).shrunk(scale)
        }
    }
}
