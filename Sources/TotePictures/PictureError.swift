/// Why a file is no picture for us (barcodes-decoding 1.1). Names neither path nor content.
public struct PictureError: Error, Hashable, Sendable {
    public enum Code: String, Sendable {
        case imageTooLarge, imageMalformed, imageUnsupported, notARegularFile, unreadable
    }

    public let code: Code
    /// Claimed size in px, for `imageTooLarge` of the picture itself.
    public let width: Int?
    public let height: Int?
    /// Byte where reading failed, for `imageMalformed`; file size for a file over the limit.
    public let offset: Int?

    private init(_ code: Code, width: Int? = nil, height: Int? = nil, offset: Int? = nil) {
        self.code = code
        self.width = width
        self.height = height
        self.offset = offset
    }

    public static func imageTooLarge(width: Int, height: Int) -> PictureError {
        PictureError(.imageTooLarge, width: width, height: height)
    }

    public static func fileTooLarge(bytes: Int) -> PictureError {
        PictureError(.imageTooLarge, offset: bytes)
    }

    public static func imageMalformed(at offset: Int) -> PictureError {
        PictureError(.imageMalformed, offset: offset)
    }

    public static let imageUnsupported = PictureError(.imageUnsupported)
    public static let notARegularFile = PictureError(.notARegularFile)
    public static let unreadable = PictureError(.unreadable)

    /// What happened, in one sentence.
    public var message: String {
        switch code {
        case .imageTooLarge:
            if let width, let height { return "The picture is too large: \(width) × \(height) px." }
            return "The picture file is too large: \(offset ?? 0) bytes."
        case .imageMalformed: return "The picture is damaged or cut off at byte \(offset ?? 0)."
        case .imageUnsupported: return "This is not a JPEG, PNG, WebP or PGM picture."
        case .notARegularFile: return "This is not a regular file."
        case .unreadable: return "The file cannot be read."
        }
    }

    /// What to do about it.
    public var mend: String {
        switch code {
        case .imageTooLarge:
            "Use a picture of at most 40 megapixels and 32 MiB, fewer where it is progressive."
        case .imageMalformed: "Take or copy the picture again."
        case .imageUnsupported: "Save it as JPEG, PNG, WebP or PGM."
        case .notARegularFile: "Name a picture file."
        case .unreadable: "Check the name and the permissions of the file."
        }
    }
}
