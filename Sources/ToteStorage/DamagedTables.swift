import GRDB

// Finds the rows of a damaged file. From the root of each table's tree down, every leaf page that
// reads as one is taken. Where an inner page is damaged, the way to the leaves below it is lost,
// but not the leaves: of all pages that no tree reaches, those whose rows fit such a table are its
// own. Deleted rows cannot come back that way, because SQLite wipes what it frees
// (`secure_delete`). One pass over the pages.

struct DamagedTables {
    /// A table as the newest schema has it.
    struct Shape {
        let name: String
        /// Where a file that this build made in one go has it.
        let root: Int
        let columns: [Column]

        struct Column {
            let name: String
            let type: String
            let isRequired: Bool
            /// Holds the row number, and is stored as NULL.
            let isRowid: Bool
            /// As SQL.
            let usual: String?
        }
    }

    private let snapshot: FileSnapshot
    private let shapes: [Shape]
    private var reached: Set<Int> = []
    /// Tables with leaves that no tree reaches.
    private var torn: Set<String> = []
    private(set) var rows: [String: [LeafRow]] = [:]

    init(_ snapshot: FileSnapshot, shapes: [Shape]) {
        self.snapshot = snapshot
        self.shapes = shapes
        let roots = schemaRoots()
        reached = freePages()
        for shape in shapes {
            walk(roots[shape.name] ?? shape.root, of: shape)
        }
        if !torn.isEmpty { adoptOrphans() }
    }

    /// Table roots as the file itself tells them, as far as that can be read.
    private func schemaRoots() -> [String: Int] {
        var roots: [String: Int] = [:]
        var waiting = [1]
        var seen: Set<Int> = []
        while let number = waiting.popLast() {
            guard seen.insert(number).inserted, let page = TreePage(snapshot, number) else {
                continue
            }
            waiting += page.children
            for case let row? in page.rows where row.values.count == 5 {
                guard String.fromDatabaseValue(row.values[0]) == "table",
                    let name = String.fromDatabaseValue(row.values[1]),
                    let root = Int.fromDatabaseValue(row.values[3])
                else { continue }
                roots[name] = root
            }
        }
        return roots
    }

    /// The list of free pages: trunks that name further ones.
    private func freePages() -> Set<Int> {
        var free: Set<Int> = []
        var trunk = snapshot.bytes.number(at: 32, bytes: 4)
        while trunk > 0, free.insert(trunk).inserted, let page = snapshot.page(trunk) {
            let start = page.startIndex
            let count = min(page.number(at: start + 4, bytes: 4), snapshot.pageSize / 4 - 2)
            for index in 0..<max(0, count) {
                free.insert(page.number(at: start + 8 + 4 * index, bytes: 4))
            }
            trunk = page.number(at: start, bytes: 4)
        }
        return free
    }

    private mutating func walk(_ root: Int, of shape: Shape) {
        var waiting = [root]
        while let number = waiting.popLast() {
            guard !reached.contains(number), let page = TreePage(snapshot, number),
                take(page, for: shape)
            else {
                torn.insert(shape.name)
                continue
            }
            reached.insert(number)
            waiting += page.children
        }
    }

    /// - Returns: whether this can be a page of that table.
    private mutating func take(_ page: TreePage, for shape: Shape) -> Bool {
        let found = page.rows.compactMap { $0 }
        let fitting = found.filter(shape.fits)
        guard !fitting.isEmpty || found.isEmpty else { return false }
        if !fitting.isEmpty { rows[shape.name, default: []] += fitting }
        return true
    }

    private mutating func adoptOrphans() {
        let damaged = shapes.filter { torn.contains($0.name) }
        for number in 1...max(1, snapshot.pageCount) where !reached.contains(number) {
            guard let page = TreePage(snapshot, number), page.kind == .leaf else { continue }
            let found = page.rows.compactMap { $0 }
            guard !found.isEmpty,
                let owner = damaged.first(where: { found.allSatisfy($0.fits) })
            else { continue }
            rows[owner.name, default: []] += found
        }
    }
}

extension DamagedTables.Shape {
    /// Whether a row has the types that its columns want.
    func fits(_ row: LeafRow) -> Bool {
        guard !row.values.isEmpty, row.values.count <= columns.count else { return false }
        let isWhole = columns.dropFirst(row.values.count).allSatisfy {
            !$0.isRequired || $0.usual != nil
        }
        return isWhole && zip(columns, row.values).allSatisfy { $0.fits($1) }
    }
}

extension DamagedTables.Shape.Column {
    fileprivate func fits(_ value: DatabaseValue) -> Bool {
        switch value.storage {
        case .null: return isRowid || !isRequired
        case .int64: return !isRowid && ["INTEGER", "INT", "REAL", "ANY"].contains(type)
        case .double: return ["REAL", "ANY"].contains(type)
        case .string: return ["TEXT", "ANY"].contains(type)
        case .blob: return ["BLOB", "ANY"].contains(type)
        }
    }
}
