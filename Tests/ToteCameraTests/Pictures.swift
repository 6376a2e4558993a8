import Foundation
import ToteCamera
import ToteValues

/// Pictures and folders made for a test.
enum TestFilm {
    /// A grey ramp as PGM.
    static func pgm(width: Int, height: Int, grey: UInt8) -> [UInt8] {
        Array("P5 \(width) \(height) 255\n".utf8)
            + [UInt8](repeating: grey, count: width * height)
    }

    /// YUV4MPEG2 whose frames are plain, each with its own grey.
    static func y4m(
        _ header: String, width: Int, height: Int, chroma: Int, greys: [UInt8]
    ) -> [UInt8] {
        var bytes = Array("YUV4MPEG2 \(header)\n".utf8)
        for grey in greys {
            bytes += Array("FRAME Ip\n".utf8) + [UInt8](repeating: grey, count: width * height)
            bytes += [UInt8](repeating: 128, count: chroma)
        }
        return bytes
    }

    static func sample(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return Array(try Data(contentsOf: folder.appending(path: "SampleBarcodes/\(name)")))
    }
}

/// A folder of the test's own, removed with it.
final class FilmFolder {
    let path: String

    init(_ files: [String: [UInt8]] = [:]) throws {
        path = NSTemporaryDirectory() + "tote-film-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, bytes) in files { try write(bytes, name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @discardableResult
    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: path + "/" + name))
        return path + "/" + name
    }
}

extension World {
    /// Time stands at noon.
    static let still = World(
        now: { Moment(milliseconds: 1_800_000_000_000) }, uptimeMilliseconds: { 5000 },
        randomBytes: { [UInt8](repeating: 7, count: $0) })
}

/// What a recording gives: first grey and milliseconds since the start of each frame.
struct Shown: Equatable {
    let grey: UInt8
    let milliseconds: Int64
}

func shown(_ path: String) throws -> [Shown] {
    let source = try CameraPath.open(path, world: .still)
    var frames: [Shown] = []
    for _ in 0..<1000 {
        switch try source.next() {
        case .frame(let frame):
            let taken = frame.origin.takenAt?.milliseconds ?? 0
            frames.append(
                Shown(grey: frame.pixels[0], milliseconds: taken - 1_800_000_000_000))
        case .nothing: continue
        case .end: return frames
        }
    }
    return frames
}
