import FoundationEssentials
import TotePictures
import ToteValues
import ToteVectorRules

/// `vectors load FILE…`: what loading a picture costs in memory and time (PIC-3). The kernel's
/// high-water mark is set back before each file, so the figures are growth over what was there.
struct LoadVectors {
    private let files: [String]

    init(_ arguments: [String]) { files = arguments }

    func run() {
        print("KiB grown  of limit %      ms  picture")
        for file in files {
            for scale in [FrameScale.full, .quarter] { print(line(file, scale)) }
        }
    }

    private func line(_ file: String, _ scale: FrameScale) -> String {
        Self.forgetPeak()
        let before = Self.kibibytes("VmRSS:")
        let start = PhotoEngine.threadMilliseconds()
        var note = ""
        var pixels = 0
        do throws(PictureError) {
            let picture = try Picture.open(path: file)
            pixels = picture.width * picture.height
            let frame = try picture.frame(scale: scale)
            note = "\(frame.width) × \(frame.height)"
        } catch {
            note = error.code.rawValue
        }
        let milliseconds = PhotoReport.decimal(PhotoEngine.threadMilliseconds() - start)
        let grown = Self.kibibytes("VmHWM:") - before
        let limit = 6 * pixels / 1024 + 32 * 1024
        return Self.right("\(grown)", 9) + Self.right("\(100 * grown / limit)", 12)
            + Self.right(milliseconds, 10) + "  \(file) \(scale): \(note)"
    }

    private static func right(_ text: String, _ columns: Int) -> String {
        String(repeating: " ", count: max(0, columns - text.count)) + text
    }

    private static func forgetPeak() {
        try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    }

    private static func kibibytes(_ name: String) -> Int {
        let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
        for line in String(decoding: status, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix(name) {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            return words.count > 1 ? Int(words[1]) ?? 0 : 0
        }
        return 0
    }
}
