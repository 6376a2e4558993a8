import ToteValues

// A disk with a cache that loses its power (SYNC-77). Until a file is synced, each 512-byte sector
// of each write may have reached the disk or not, in any order; of the last one perhaps only the
// first bytes. The same holds for a truncation, and, until the folder is synced, for each change
// of a name. What a write leaves alone keeps its bytes (SQLite's "powersafe overwrite"). The cost
// of an image is that of copying the files.

struct CrashDisk {
    static let sector = 512

    private enum Change {
        case write(offset: Int, bytes: Range<Int>)
        case truncate(Int)
    }

    private struct File {
        /// As it was synced last.
        var synced: [UInt8] = []
        var waiting: [Change] = []
    }

    private enum NameChange {
        case set(String, file: Int)
        case remove(String)
        /// Both at once, or none.
        case rename(String, to: String, file: Int)
    }

    private let folder: String
    private let journal: [UInt8]
    private let lies: Bool
    private var files: [File] = []
    private var handles: [UInt32: Int] = [:]
    private var names: [String: Int] = [:]
    private var syncedNames: [String: Int] = [:]
    private var waitingNames: [NameChange] = []
    /// The last mark that was passed.
    private(set) var promises = 0

    /// - Parameters:
    ///   - lies: answers a sync at once and does nothing: what a program without syncs would see.
    init(folder: String, image: DiskImage, journal: [UInt8], lies: Bool) {
        self.folder = folder + "/"
        self.journal = journal
        self.lies = lies
        for (name, bytes) in image.files {
            names[name] = files.count
            files.append(File(synced: bytes))
        }
        syncedNames = names
    }

    mutating func happen(_ event: FaultJournal.Event) {
        switch event {
        case .open(let handle, let path, let isNew):
            handles[handle] = opened(name(path), isNew: isNew)
        case .write(let handle, let offset, let bytes):
            change(handle, .write(offset: offset, bytes: bytes))
        case .truncate(let handle, let size): change(handle, .truncate(size))
        case .sync(let handle): sync(handles[handle])
        case .syncName(let path): sync(names[name(path)])
        case .syncFolder:
            if !lies {
                for change in waitingNames { Self.apply(change, to: &syncedNames) }
                waitingNames = []
            }
        case .mark(let count): promises = count
        case .remove, .rename, .link: renameSomething(event)
        }
    }

    private func name(_ path: String) -> String {
        path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
    }

    private mutating func opened(_ name: String, isNew: Bool) -> Int {
        if !isNew, let file = names[name] { return file }
        files.append(File())
        rename(.set(name, file: files.count - 1))
        return files.count - 1
    }

    private mutating func renameSomething(_ event: FaultJournal.Event) {
        switch event {
        case .remove(let path) where names[name(path)] != nil: rename(.remove(name(path)))
        case .rename(let from, let to):
            guard let file = names[name(from)] else { return }
            rename(.rename(name(from), to: name(to), file: file))
        case .link(let from, let to):
            if let file = names[name(from)] { rename(.set(name(to), file: file)) }
        default: break
        }
    }

    private mutating func rename(_ change: NameChange) {
        Self.apply(change, to: &names)
        waitingNames.append(change)
    }

    private mutating func change(_ handle: UInt32, _ change: Change) {
        if let file = handles[handle] { files[file].waiting.append(change) }
    }

    private mutating func sync(_ file: Int?) {
        guard let file, !lies else { return }
        for change in files[file].waiting {
            switch change {
            case .truncate(let size): Self.resize(&files[file].synced, to: size)
            case .write(let offset, let bytes):
                Self.put(journal[bytes], at: offset, into: &files[file].synced)
            }
        }
        files[file].waiting = []
    }

    private static func apply(_ change: NameChange, to names: inout [String: Int]) {
        switch change {
        case .set(let name, let file): names[name] = file
        case .remove(let name): names[name] = nil
        case .rename(let from, let to, let file):
            names[from] = nil
            names[to] = file
        }
    }

    private static func put(_ bytes: ArraySlice<UInt8>, at offset: Int, into file: inout [UInt8]) {
        if file.count < offset + bytes.count { resize(&file, to: offset + bytes.count) }
        file.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { target[offset..<offset + $0.count].copyBytes(from: $0) }
        }
    }

    private static func resize(_ file: inout [UInt8], to size: Int) {
        if size < file.count {
            file.removeLast(file.count - size)
        } else {
            file.append(contentsOf: [UInt8](repeating: 0, count: size - file.count))
        }
    }
}

extension CrashDisk {
    /// One of the states in which the disk may be found when the power fails now.
    func image(_ chance: inout SeededChance) -> DiskImage {
        var names = syncedNames
        let odds = Self.odds(&chance)
        for change in waitingNames where chance.happens(odds) { Self.apply(change, to: &names) }
        var found: [Int: [UInt8]] = [:]
        var image = DiskImage()
        for (name, file) in names.sorted(by: { $0.key < $1.key }) {
            let bytes = found[file] ?? content(files[file], &chance)
            found[file] = bytes
            image.files[name] = bytes
        }
        return image
    }

    /// All, nothing, or some: a cache that is written back now and then, or nearly always.
    private static func odds(_ chance: inout SeededChance) -> Int {
        [0, 10, 50, 90, 100][Int.random(in: 0..<5, using: &chance)]
    }

    private func content(_ file: File, _ chance: inout SeededChance) -> [UInt8] {
        var bytes = file.synced
        let odds = Self.odds(&chance)
        var last: (offset: Int, bytes: Range<Int>)?
        for change in file.waiting {
            switch change {
            case .truncate(let size): if chance.happens(odds) { Self.resize(&bytes, to: size) }
            case .write(let offset, let written):
                for piece in Self.sectors(of: written, at: offset) where chance.happens(odds) {
                    if let last { Self.put(journal[last.bytes], at: last.offset, into: &bytes) }
                    last = piece
                }
            }
        }
        guard let last else { return bytes }
        let torn = chance.happens(50)
        let kept = torn ? Int.random(in: 0..<last.bytes.count, using: &chance) : last.bytes.count
        Self.put(journal[last.bytes.prefix(kept)], at: last.offset, into: &bytes)
        return bytes
    }

    private static func sectors(
        of bytes: Range<Int>, at offset: Int
    ) -> [(offset: Int, bytes: Range<Int>)] {
        var pieces: [(offset: Int, bytes: Range<Int>)] = []
        var done = 0
        while done < bytes.count {
            let count = min(sector - (offset + done) % sector, bytes.count - done)
            let start = bytes.lowerBound + done
            pieces.append((offset + done, start..<start + count))
            done += count
        }
        return pieces
    }
}

extension SeededChance {
    mutating func happens(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &self) < percent
    }
}
