#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The figures, the unit first.
struct BarcodeTable {
    private let cases: [BarcodeCase]

    init(_ cases: [BarcodeCase]) { self.cases = cases }

    var text: String {
        let unit = cases.first?.median ?? 1
        var rows = [["", "µs", "U", "at most U", "", "allocations"]]
        for one in cases {
            let ratio = one.median / unit
            rows.append([
                one.name, Self.decimal(one.median), Self.decimal(ratio),
                one.goal.map(Self.decimal) ?? "",
                one.goal.map { ratio <= $0 ? "met" : "MISSED" } ?? "",
                one.allocations < 0 ? "?" : "\(one.allocations)",
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                let gap = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + gap : gap + row[column]
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private static func decimal(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}

extension BarcodeCase {
    static func threadMicroseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}
