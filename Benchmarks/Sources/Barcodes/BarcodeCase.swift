import AllocationCount
import ToteBarcodes
import ToteValues

/// One thing to be measured.
struct BarcodeCase: Sendable {
    let name: String
    /// Most units it may take; `nil` for the unit itself.
    let goal: Double?
    private let body: @Sendable () -> Int
    /// Microseconds a call, a round each.
    private(set) var times: [Double] = []
    /// Calls of `malloc` in one interpretation.
    private(set) var allocations: Int64 = 0

    init(_ name: String, goal: Double?, body: @escaping @Sendable () -> Int) {
        self.name = name
        self.goal = goal
        self.body = body
    }

    mutating func run(calls: Int) {
        var sum = body()
        let before = tote_allocations()
        sum &+= body()
        allocations = tote_allocations() - before
        let start = Self.threadMicroseconds()
        for _ in 0..<calls { sum &+= body() }
        times.append((Self.threadMicroseconds() - start) / Double(calls))
        // A result that nobody uses need not be computed.
        if sum == 0 { print("0 from \(name)") }
    }

    var median: Double { times.sorted()[times.count / 2] }

    /// One pass of 64-bit FNV-1a over 1 KiB.
    static let unit: BarcodeCase = {
        let data = (0..<1024).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        return BarcodeCase("U: FNV-1a over 1 KiB", goal: nil) {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in data { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return Int(truncatingIfNeeded: hash)
        }
    }()

    private static let today = CalendarDay(daysSince1970: 20_634)

    private static func interpretation(
        _ name: String, _ symbology: Symbology, _ aim: SymbologyIdentifier?, _ text: String,
        goal: Double, rules: StoreRules
    ) -> BarcodeCase {
        let bytes = text.utf8.map { $0 == 0x7E ? 29 : $0 }
        let input = ScanInput(bytes: bytes, aim: aim, symbology: symbology, source: .camera)
        return BarcodeCase(name, goal: goal) {
            guard let code = try? interpret(input, rules: rules, today: today) else { return 0 }
            // What a caller looks at first; the array of keys is made when it is asked for.
            return code.raw.count + (code.reading.article?.gtin == nil ? 1 : 2)
        }
    }

    private static let german = StoreRules(
        store: 1, currency: .euro, templates: MeasureTemplate.presets(country: "DE"))

    /// `~` stands for GS.
    static let goals = [
        interpretation("EAN-13", .ean13, nil, "4006381333931", goal: 0.25, rules: german),
        interpretation(
            "GS1-128 (01)(10)(21)", .code128, SymbologyIdentifier("C", "1"),
            "010952123454321310ABC123~21XYZ789", goal: 2.9, rules: german),
        interpretation(
            "DataBar Expanded (01)(3103)(15)", .dataBarExpanded, nil,
            "0109521234543213310300075015270331", goal: 4.0, rules: german),
        interpretation(
            "Digital Link", .qr, nil,
            "https://id.gs1.org/01/09520123456788/10/ABC1/21/12345?17=270426&3103=000195",
            goal: 6.9, rules: german),
    ]

    /// An article's number against fifty templates of which the last fits (PERF-2).
    static let templates: BarcodeCase = {
        let many = (0..<50).compactMap { number in
            try? MeasureTemplate(
                id: "t\(number)", text: "2\(number % 10)\(number / 10){code:3}{i}{embed:5}{ec}",
                unit: .grams)
        }
        return interpretation(
            "EAN-13 against 50 templates", .ean13, nil, "4006381333931", goal: 2,
            rules: StoreRules(store: 1, currency: .euro, templates: many))
    }()
}
