import Crypto
import ToteStorage
import ToteValues

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Tells this place of the device file from every other: machine, file and a number drawn here
/// (SYNC-32). A copy of the folder has another mark, and so has one that came from a backup.
enum HomeMark {
    /// - Returns: 64 hexadecimal digits.
    /// - Throws: as `PrivateFile`.
    static func text(
        database: String, nonce path: String, world: World
    ) throws(StorageError) -> String {
        var nonce = try PrivateFile.read(path) ?? []
        if nonce.count != 16 {
            nonce = world.randomBytes(16)
            try PrivateFile.write(nonce, to: path)
        }
        let file = FileSystem.identity(database)
        var hash = SHA256()
        hash.update(data: machine)
        hash.update(data: (file?.device ?? 0).bigEndianBytes)
        hash.update(data: (file?.inode ?? 0).bigEndianBytes)
        hash.update(data: nonce)
        return Hex.encode(hash.finalize())
    }

    /// Linux names an installation in a file; elsewhere file and number must do.
    private static var machine: [UInt8] {
        Array((try? Data(contentsOf: URL(fileURLWithPath: "/etc/machine-id"))) ?? Data())
    }
}
