// What a corpus counted once, kept in the repository, so that a change that loses one picture or
// misreads one more is seen at once (COR-7).

/// Read and misread pictures of one corpus, symbology by symbology.
package struct PhotoFigures: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        /// A symbology of the retail pictures, or another tier.
        package var name: String
        package var read: Int
        package var misread: Int
        /// Pictures in all.
        package var count: Int

        package init(name: String, read: Int, misread: Int, count: Int) {
            self.name = name
            self.read = read
            self.misread = misread
            self.count = count
        }
    }

    package var rows: [Row]

    package init(rows: [Row]) { self.rows = rows }

    package init(_ report: PhotoReport) {
        let groups = Dictionary(grouping: report.lines) { line in
            line.photo.tier == .retail ? line.photo.symbology : line.photo.tier.rawValue
        }
        rows = groups.sorted { $0.key < $1.key }.map { name, lines in
            Row(
                name: name, read: lines.count { $0.verdict.isRead },
                misread: lines.count { !$0.verdict.misreads.isEmpty }, count: lines.count)
        }
    }

    /// - Throws: `ManifestError` that names file and row.
    package init(csv: [UInt8], path: String) throws {
        rows = try CSVReader.rows(of: csv).dropFirst().enumerated().map { index, fields in
            guard fields.count == 4, let read = Int(fields[1]), let misread = Int(fields[2]),
                let count = Int(fields[3])
            else { throw ManifestError(message: "\(path): row \(index + 2): not four fields") }
            return Row(name: fields[0], read: read, misread: misread, count: count)
        }
    }

    package var csv: String {
        "symbology,read,misread,of\n"
            + rows.map { "\($0.name),\($0.read),\($0.misread),\($0.count)\n" }.joined()
    }

    /// The same pictures; only then can figures be compared.
    package func isOfCorpus(of other: PhotoFigures) -> Bool {
        rows.map { "\($0.name) \($0.count)" } == other.rows.map { "\($0.name) \($0.count)" }
    }

    /// What is worse than it was, in words.
    package func drops(since recorded: PhotoFigures) -> [String] {
        zip(recorded.rows, rows).flatMap { was, now in
            [
                now.read < was.read ? "\(now.name): reads \(now.read), was \(was.read)" : nil,
                now.misread > was.misread
                    ? "\(now.name): misreads \(now.misread), was \(was.misread)" : nil,
            ].compactMap(\.self)
        }
    }
}
