import Foundation

/// A recorded stream for `tote scan --camera`: a folder of sample pictures, shown ten a second as a
/// list says. No camera stands where tests run.
struct Film {
    let folder: TemporaryFolder
    private var lines: [String] = []

    /// Shows nothing but stripes.
    static let empty = "no-code-stripes.png"

    init() throws { folder = try TemporaryFolder() }

    var path: String { folder.path }

    mutating func show(_ sample: String, frames: Int) throws {
        let target = folder.path + "/" + sample
        if !FileManager.default.fileExists(atPath: target) {
            try FileManager.default.copyItem(atPath: Program.sample(sample), toPath: target)
        }
        for _ in 0..<frames { lines.append("\(lines.count * 100) \(sample)") }
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: folder.path + "/frames.txt", atomically: true, encoding: .utf8)
    }
}
