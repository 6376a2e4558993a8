import ToteValues

/// A program whose file is crashed: it acts, and promises what it has answered for.
protocol Subject: AnyObject {
    /// Opens the folder's files as the program does, and promises what stands there.
    static func open(_ folder: String, plan: LifePlan) async throws -> Self

    /// Does one thing, and promises it once it is acknowledged.
    func act(_ chance: inout SeededChance) async throws

    /// Opens an image as the program would after the crash.
    /// - Parameter promises: how many had been made.
    func check(_ folder: String, promises: Int) async throws -> Verdict

    /// Closes all files.
    func close() throws
}

struct LifePlan {
    let seed: UInt64
    /// Pages of the WAL after which SQLite checkpoints; `nil` leaves its own.
    let checkpointPages: Int?
    /// SQLite's `synchronous`, where a mutant changes it.
    let synchronous: String?
    /// What the file had to hold when it was opened.
    let before: Set<String>
    /// The other end of a device's line; it outlives the crashes.
    let store: EchoStore
}

enum Verdict {
    /// With the names of the operations that are there.
    case opened(Set<String>)
    case salvaged(Set<String>)
    case lost(String)
}
