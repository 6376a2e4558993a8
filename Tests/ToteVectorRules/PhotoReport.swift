/// The figures of one engine over one corpus (COR-6, COR-7).
package struct PhotoReport {
    package struct Line {
        package var photo: Photo
        package var verdict: PhotoRules.Verdict
        package var milliseconds: Double
        /// How each answer came about, for the list of misreads.
        package var notes: [String]

        package init(
            photo: Photo, verdict: PhotoRules.Verdict, milliseconds: Double, notes: [String]
        ) {
            self.photo = photo
            self.verdict = verdict
            self.milliseconds = milliseconds
            self.notes = notes
        }
    }

    package private(set) var lines: [Line] = []

    package init() {}

    package mutating func add(_ line: Line) { lines.append(line) }

    static let eanFamily: Set<String> = [
        "EAN-13", "EAN-13+addon", "EAN-8", "UPC-A", "UPC-A+addon", "UPC-E",
    ]

    var retail: [Line] { lines.filter { $0.photo.tier == .retail } }

    package func render() -> String {
        var rows: [[String]] = [["symbology", "read", "of", "%", "misread", "median ms", "p95 ms"]]
        for name in Set(retail.map(\.photo.symbology)).sorted() {
            rows.append(row(name, retail.filter { $0.photo.symbology == name }))
        }
        let ean = retail.filter { Self.eanFamily.contains($0.photo.symbology) }
        rows.append(row("EAN/UPC family", ean))
        rows.append(row("retail", retail))
        let extra = lines.filter { $0.photo.tier == .extra }
        for name in Set(extra.map(\.photo.symbology)).sorted() {
            rows.append(row("extra \(name)", extra.filter { $0.photo.symbology == name }))
        }
        for tier in [Photo.Tier.negative, .partial, .unsupported] {
            rows.append(row(tier.rawValue, lines.filter { $0.photo.tier == tier }, reads: false))
        }
        return table(rows) + misreads()
    }

    private func row(_ name: String, _ lines: [Line], reads: Bool = true) -> [String] {
        let read = lines.count { $0.verdict.isRead }
        let wrong = lines.count { !$0.verdict.misreads.isEmpty }
        let times = lines.map(\.milliseconds).sorted()
        let share = lines.isEmpty ? 0 : (1000 * read + lines.count / 2) / lines.count
        return [
            name, reads ? "\(read)" : "-", "\(lines.count)",
            reads ? "\(share / 10).\(share % 10)" : "-", "\(wrong)",
            Self.decimal(Self.quantile(times, 500)), Self.decimal(Self.quantile(times, 950)),
        ]
    }

    package static func quantile(_ sorted: [Double], _ perMille: Int) -> Double {
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, sorted.count * perMille / 1000)]
    }

    /// Two decimals.
    package static func decimal(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private func table(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            row.enumerated().map { column, text in
                let gap = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + gap : gap + text
            }.joined(separator: "  ")
        }.joined(separator: "\n") + "\n"
    }

    private func misreads() -> String {
        let wrong = lines.filter { !$0.verdict.misreads.isEmpty }
        guard !wrong.isEmpty else { return "\nno misreads\n" }
        return "\nmisread:\n"
            + wrong.map { line in
                let answers = line.notes.joined(separator: "; ")
                return "  \(line.photo.path)  expected \(line.photo.expected): \(answers)\n"
            }.joined()
    }
}
