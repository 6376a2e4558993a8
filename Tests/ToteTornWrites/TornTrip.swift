import ToteValues

/// What a run found.
struct Counts {
    var images = 0
    var opened = 0
    var salvaged = 0
    var lost = 0
    var first: String?
}

/// Lives of one file, each beginning with what the crash of the last one left.
struct TornTrip<Life: Subject> {
    let root: String
    let mutant: Mutant?
    /// Whether a file may be damaged between two lives, so that it is salvaged and crashes then.
    let isSalvaged: Bool
    let seed: UInt64
    var chance: SeededChance

    private var folder: String { root + "/life" }

    init(root: String, seed: UInt64, isSalvaged: Bool, mutant: Mutant?) {
        self.root = root
        self.seed = seed
        self.isSalvaged = isSalvaged
        self.mutant = mutant
        chance = SeededChance(seed: seed)
    }

    static var lives: Int { 4 }

    mutating func run(images: Int, _ counts: inout Counts) async throws {
        var base = DiskImage()
        var before: Set<String> = []
        let store = EchoStore()
        for life in 0..<Self.lives {
            let wanted = counts.images + images / Self.lives
            let plan = LifePlan(
                seed: seed &+ UInt64(life) &* 1_000_003,
                checkpointPages: chance.happens(50) ? Int.random(in: 4...60, using: &chance) : nil,
                synchronous: mutant?.synchronous, before: before, store: store)
            try base.write(to: folder)
            let (subject, recording) = try await live(plan)
            var points = (counts.images..<wanted).map { _ in
                Int.random(in: 0...recording.events.count, using: &chance)
            }.sorted()[...]
            var disk = CrashDisk(
                folder: folder, image: base, journal: recording.bytes,
                lies: mutant?.lies ?? false)
            for index in 0...recording.events.count {
                while points.first == index {
                    points.removeFirst()
                    let image = disk.image(&chance)
                    let found = try await judge(image, subject, disk.promises, &counts)
                    // The next life begins with one of these.
                    if let found, chance.happens(20) || points.isEmpty {
                        (base, before) = (image, found)
                    }
                }
                if index < recording.events.count { disk.happen(recording.events[index]) }
            }
            if isSalvaged { before = try await damage(&base, subject, before) }
        }
    }

    private mutating func live(
        _ plan: LifePlan
    ) async throws -> (Life, FaultJournal.Recording) {
        FaultJournal.begin(root: root, folder: folder)
        defer { FaultJournal.end(root: root) }
        let subject = try await Life.open(folder, plan: plan)
        for _ in 0..<Int.random(in: 1...12, using: &chance) { try await subject.act(&chance) }
        // A clean end also leaves traces; half of the lives are cut off before it.
        let recording = FaultJournal.recording()
        try subject.close()
        return (subject, chance.happens(50) ? recording : FaultJournal.recording())
    }

    /// - Returns: what the file held; `nil` when it was lost.
    private func judge(
        _ image: DiskImage, _ subject: Life, _ promises: Int, _ counts: inout Counts
    ) async throws -> Set<String>? {
        counts.images += 1
        try image.write(to: root + "/check")
        do {
            switch try await subject.check(root + "/check", promises: promises) {
            case .opened(let found):
                counts.opened += 1
                return found
            case .salvaged(let found):
                counts.salvaged += 1
                return found
            case .lost(let how): note(how, &counts)
            }
        } catch {
            note("\(error)", &counts)
        }
        return nil
    }

    private func note(_ how: String, _ counts: inout Counts) {
        counts.lost += 1
        counts.first = counts.first ?? "seed \(seed), image \(counts.images): \(how)"
    }

    /// Zeroes a sector, and finds out what must be salvaged then.
    private mutating func damage(
        _ image: inout DiskImage, _ subject: Life, _ before: Set<String>
    ) async throws -> Set<String> {
        let name = image.files.keys.filter { !$0.contains(".") || $0.hasSuffix(".sqlite") }.first
        guard let name, var bytes = image.files[name], bytes.count > 8192 else { return before }
        let start = Int.random(in: 2..<bytes.count / 512, using: &chance) * 512
        for index in start..<min(start + 512, bytes.count) { bytes[index] = 0 }
        image.files[name] = bytes
        try image.write(to: root + "/check")
        switch try await subject.check(root + "/check", promises: 0) {
        case .opened(let found), .salvaged(let found): return found
        case .lost: return []
        }
    }
}

/// A program that does not sync as it must.
struct Mutant {
    let name: String
    let synchronous: String?
    let lies: Bool

    static let all = [
        Mutant(name: "synchronousNormal", synchronous: "NORMAL", lies: false),
        Mutant(name: "synchronousOff", synchronous: "OFF", lies: false),
        Mutant(name: "noSync", synchronous: nil, lies: true),
    ]
}
