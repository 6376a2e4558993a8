// A recording as a folder of pictures: one a frame, in the order of their names, a tenth of a
// second apart; or, with a file `frames.txt`, as its lines say: "MILLISECONDS NAME", where a name
// may come again. Pictures are read one at a time.

import Foundation
import TotePictures
import ToteValues

final class RecordedFolder: FrameSource {
    static let listName = "frames.txt"
    private static let millisecondsApart: Int64 = 100
    private static let listBytes = 1 << 20
    private static let mostFrames = 100_000
    private static let endings = ["jpg", "jpeg", "png", "webp", "pgm"]

    private let folder: String
    private let start: Moment
    private var frames: ArraySlice<(milliseconds: Int64, name: String)>
    /// A still scene repeats its picture; the last one is kept.
    private var last: (name: String, frame: Frame)?

    /// - Parameter start: of the recording; times are counted from it.
    /// - Throws: `notACamera` for a folder without pictures, `streamMalformed` for a bad list.
    init(folder: String, start: Moment) throws(CameraError) {
        self.folder = folder
        self.start = start
        frames = try Self.frames(in: folder)[...]
    }

    func next() throws(CameraError) -> FrameDelivery {
        guard let entry = frames.popFirst() else { return .end }
        guard let frame = try picture(entry.name) else { return .nothing }
        var origin = frame.origin
        origin.source = .camera
        origin.takenAt = start.adding(milliseconds: entry.milliseconds)
        let taken = Frame(
            pixels: frame.pixels, width: frame.width, height: frame.height, stride: frame.stride,
            origin: origin)
        return taken.map(FrameDelivery.frame) ?? .nothing
    }

    /// `nil` for a damaged picture: the stream goes on, as a camera's does.
    private func picture(_ name: String) throws(CameraError) -> Frame? {
        if let last, last.name == name { return last.frame }
        do {
            let frame = try Picture.open(path: folder + "/" + name).frame(scale: .full)
            last = (name, frame)
            return frame
        } catch {
            let isAbsent = error.code == .unreadable || error.code == .notARegularFile
            if isAbsent { throw .malformed("\(name) cannot be read") }
            return nil
        }
    }

    private static func frames(
        in folder: String
    ) throws(CameraError) -> [(milliseconds: Int64, name: String)] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw .missing(folder)
        }
        if names.contains(listName) { return try list(folder + "/" + listName) }
        let pictures = names.filter { name in
            endings.contains { name.lowercased().hasSuffix("." + $0) }
        }.sorted()
        guard !pictures.isEmpty, pictures.count <= mostFrames else { throw .notACamera(folder) }
        return pictures.enumerated().map { (Int64($0.offset) * millisecondsApart, $0.element) }
    }

    private static func list(
        _ path: String
    ) throws(CameraError) -> [(milliseconds: Int64, name: String)] {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: listBytes + 1), data.count <= listBytes,
            let text = String(validating: data, as: UTF8.self)
        else { throw .malformed("\(listName) cannot be read") }
        var frames: [(milliseconds: Int64, name: String)] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let time = Int64(words[0]), time >= 0, time < 1 << 40,
                time >= frames.last?.milliseconds ?? 0, !words[1].contains("/")
            else { throw .malformed("a line of \(listName) is not MILLISECONDS NAME") }
            frames.append((time, String(words[1])))
        }
        guard frames.count <= mostFrames else { throw .malformed("\(listName) is too long") }
        return frames
    }
}
