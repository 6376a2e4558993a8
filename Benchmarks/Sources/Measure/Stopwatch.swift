#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Microseconds of wall time for one call.
func microseconds(of body: () throws -> Void) rethrows -> Double {
    var before = timespec()
    var after = timespec()
    clock_gettime(CLOCK_MONOTONIC, &before)
    try body()
    clock_gettime(CLOCK_MONOTONIC, &after)
    let seconds = Double(after.tv_sec - before.tv_sec)
    return seconds * 1e6 + Double(after.tv_nsec - before.tv_nsec) / 1e3
}

/// Two ways of doing something, measured turn by turn in one run, so that the machine's mood falls
/// on both alike. Only the ratio is a claim.
struct Duel {
    let name: String
    let baseline: String
    var ours: [Double] = []
    var theirs: [Double] = []

    init(name: String, baseline: String) {
        self.name = name
        self.baseline = baseline
    }

    mutating func run(
        rounds: Int, ours: () throws -> Void, theirs: () throws -> Void
    ) rethrows {
        for _ in 0..<rounds {
            self.theirs.append(try microseconds(of: theirs))
            self.ours.append(try microseconds(of: ours))
        }
    }

    var text: String {
        let mine = Self.median(ours)
        let other = Self.median(theirs)
        return """
            \(name): median \(Self.milliseconds(mine)) ms of \(ours.count)
            \(baseline): median \(Self.milliseconds(other)) ms
            ratio \(Self.hundredths(mine / other))
            """
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    private static func milliseconds(_ microseconds: Double) -> String {
        hundredths(microseconds / 1000)
    }

    private static func hundredths(_ value: Double) -> String {
        let whole = Int((value * 100).rounded())
        let fraction = String(whole % 100)
        return "\(whole / 100).\(fraction.count < 2 ? "0" : "")\(fraction)"
    }
}
