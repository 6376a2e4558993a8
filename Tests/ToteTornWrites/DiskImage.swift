import Foundation

/// The files of one folder by name, as a disk holds them.
struct DiskImage {
    var files: [String: [UInt8]] = [:]

    /// Puts the files into a new folder, in place of what was there.
    func write(to folder: String) throws {
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        for (name, bytes) in files {
            let path = folder + "/" + name
            guard
                FileManager.default.createFile(
                    atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
        }
    }
}
