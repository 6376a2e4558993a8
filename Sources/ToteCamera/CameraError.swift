/// Why there are no frames.
public struct CameraError: Error, Hashable, Sendable {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// Nothing has that name, or it may not be opened.
        case cameraMissing
        /// It is no camera, no folder of pictures and no YUV4MPEG2 stream.
        case notACamera
        /// Another program holds it.
        case cameraBusy
        /// It gives no format that is understood here.
        case noUsableFormat
        /// It was there and is gone.
        case cameraLost
        /// A recording that breaks its own format.
        case streamMalformed
    }

    public let code: Code
    /// One plain sentence.
    public let message: String
    /// What to do next.
    public let mend: String

    public init(code: Code, message: String, mend: String) {
        self.code = code
        self.message = message
        self.mend = mend
    }
}

extension CameraError {
    static func missing(_ path: String) -> CameraError {
        CameraError(
            code: .cameraMissing, message: "'\(path)' cannot be opened.",
            mend: "Name a camera, as ls /dev/video* shows them, and check that you may use it.")
    }

    static func notACamera(_ path: String) -> CameraError {
        CameraError(
            code: .notACamera, message: "'\(path)' gives no frames.",
            mend: "Name a camera (/dev/video0), a folder of pictures or a .y4m file.")
    }

    static func busy(_ path: String) -> CameraError {
        CameraError(
            code: .cameraBusy, message: "'\(path)' is used by another program.",
            mend: "End the other program first.")
    }

    static func noUsableFormat(_ path: String) -> CameraError {
        CameraError(
            code: .noUsableFormat,
            message: "'\(path)' gives neither GREY, NV12, YUYV nor MJPEG of 640 × 480 to 1920 × "
                + "1080 at 15 frames a second.",
            mend: "Use another camera, or record it: ffmpeg … -f yuv4mpegpipe - | tote scan "
                + "--camera -")
    }

    static func lost(_ path: String) -> CameraError {
        CameraError(
            code: .cameraLost, message: "'\(path)' is gone.", mend: "Check the plug and the cable.")
    }

    static func malformed(_ what: String) -> CameraError {
        CameraError(
            code: .streamMalformed, message: "The recording is damaged: \(what).",
            mend: "What came before it still counts. Record it again.")
    }
}
