public import ToteValues

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Opens what a path names as a source of frames.
public enum CameraPath {
    /// A camera (`/dev/video0`, Linux only), a folder of pictures, a YUV4MPEG2 file or pipe, or `-`
    /// for YUV4MPEG2 on standard input.
    ///
    /// - Throws: `cameraMissing`, `notACamera`, `cameraBusy`, `noUsableFormat`, `streamMalformed`.
    public static func open(_ path: String, world: World) throws(CameraError) -> any FrameSource {
        let start = world.now()
        if path == "-" {
            let input = ByteInput(descriptor: STDIN_FILENO, isOwned: false)
            return try RecordedStream(input: input, start: start, path: path)
        }
        var status = stat()
        guard !path.utf8.contains(0), stat(path, &status) == 0 else { throw .missing(path) }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return try RecordedFolder(folder: path, start: start)
        case S_IFREG, S_IFIFO:
            return try RecordedStream(input: file(path), start: start, path: path)
        case S_IFCHR:
            #if os(Linux)
                return try V4L2Camera(path: path, world: world)
            #else
                throw .notACamera(path)
            #endif
        default: throw .notACamera(path)
        }
    }

    /// Whether frames come at their own pace, so that time passes between them.
    public static func isLive(_ path: String) -> Bool {
        var status = stat()
        return path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR
    }

    private static func file(_ path: String) throws(CameraError) -> ByteInput {
        let descriptor = systemOpen(path, O_RDONLY | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .missing(path) }
        return ByteInput(descriptor: descriptor, isOwned: true)
    }
}

func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }
