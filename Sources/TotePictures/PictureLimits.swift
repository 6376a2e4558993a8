/// What a picture may cost (PIC-2). Limits can only be set downwards.
public struct PictureLimits: Hashable, Sendable {
    /// Bytes of the file, at most 32 MiB.
    public let fileBytes: Int
    /// Pixels of the longer side, at most 16384.
    public let side: Int
    /// Pixels in all, at most 40 000 000.
    public let pixels: Int

    public static let `default` = PictureLimits()

    public init(fileBytes: Int = 32 << 20, side: Int = 16384, pixels: Int = 40_000_000) {
        self.fileBytes = min(fileBytes, 32 << 20)
        self.side = min(side, 16384)
        self.pixels = min(pixels, 40_000_000)
    }

    /// Memory that loading may take, bytes: 6 a pixel of the full picture and 32 MiB (PIC-3), file
    /// included.
    static func loadingBytes(pixels: Int) -> Int { 6 * pixels + (32 << 20) }

    func check(width: Int, height: Int) throws(PictureError) {
        guard width <= side, height <= side, width * height <= pixels else {
            throw .imageTooLarge(width: width, height: height)
        }
    }
}
