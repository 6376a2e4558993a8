/// What many shoppers saw.
struct LoadReport {
    let shoppers: Int
    var processors = 0
    var seconds = 0.0
    var kills = 0
    var lost = 0
    var storeCPU = 0.0
    /// Bytes, once a second since the last kill.
    var memory: [Int] = []
    private var latencies: [Double] = []
    private var scans = 0
    private var failures = 0
    private var acknowledged: UInt64 = 0

    init(shoppers: Int) { self.shoppers = shoppers }

    mutating func take(_ shopper: LoadShopper) {
        latencies += shopper.latencies
        scans += shopper.scans
        failures += shopper.failures
        acknowledged += shopper.acknowledged
    }

    var text: String {
        let sorted = latencies.sorted()
        let rate = Double(latencies.count) / max(1, seconds)
        // The first minute fills caches; what comes after must not grow.
        let settled = memory.dropFirst(min(60, memory.count / 2))
        let half = settled.count / 2
        let early = Self.mebibytes(settled.prefix(half).max() ?? 0)
        let late = Self.mebibytes(settled.suffix(half).max() ?? 0)
        let failed = "\(failures) failed and were sent again"
        let slow = Self.tenths(Self.quantile(sorted, 0.99))
        let cost = Self.tenths(1000 * storeCPU / max(1, Double(latencies.count)))
        return """
            \(shoppers) shoppers, \(Int(seconds)) s, \(processors) processors shared with the store
            \(latencies.count) syncs answered, \(Self.tenths(rate)) a second; \(failed)
            latency: median \(Self.tenths(Self.quantile(sorted, 0.5))) ms, 99 % \(slow) ms, \
            longest \(Self.tenths(sorted.last ?? 0)) ms
            CPU of the store: \(cost) ms a sync
            memory of the store: \(early) MiB at most in the first half, \(late) MiB in the second
            \(scans) scans, \(acknowledged) operations acknowledged, \(kills) kill -9, lost: \(lost)
            """
    }

    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    private static func mebibytes(_ bytes: Int) -> String { tenths(Double(bytes) / 1_048_576) }

    private static func tenths(_ value: Double) -> String {
        let number = Int((value * 10).rounded())
        return "\(number / 10).\(number % 10)"
    }
}
