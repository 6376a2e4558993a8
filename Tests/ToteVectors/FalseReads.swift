import ToteDecoding
import ToteValues
import ToteVectorRules

/// `vectors false-reads N`: decodes N frames without a code; any answer is a failure (DEC-18).
struct FalseReads {
    private let count: Int
    private var firstSeed: UInt64 = 0
    private var wrong: [String] = []
    private var steps: [String: Int] = [:]
    private var kinds: [SyntheticFrame.Kind: [Double]] = [:]

    init(_ arguments: [String]) throws {
        guard let count = arguments.first.flatMap({ Int($0) }), count > 0 else {
            throw UsageError(message: "false-reads needs a number of frames")
        }
        self.count = count
        var rest = arguments.dropFirst()
        while let option = rest.popFirst() {
            guard option == "--seed", let seed = rest.popFirst().flatMap({ UInt64($0) }) else {
                throw UsageError(message: "unknown option or value: \(option)")
            }
            firstSeed = seed
        }
    }

    /// - Returns: whether nothing was read.
    mutating func run() throws -> Bool {
        for offset in 0..<count { try look(at: firstSeed &+ UInt64(offset)) }
        report()
        return wrong.isEmpty
    }

    private mutating func look(at seed: UInt64) throws {
        guard let synthetic = SyntheticFrame(seed: seed) else { return }
        let decoder = try PhotoEngine.decoder()
        let start = PhotoEngine.threadMilliseconds()
        // The corpus profile is the more trusting one: it takes short ITF.
        let result = try decoder.decode(synthetic.frame, profile: PhotoEngine.profile)
        kinds[synthetic.kind, default: []].append(PhotoEngine.threadMilliseconds() - start)
        for step in result.stepsRun { steps[step, default: 0] += 1 }
        for symbol in result.symbols {
            wrong.append(
                "seed \(seed) (\(synthetic.kind.rawValue), \(synthetic.frame.width) × "
                    + "\(synthetic.frame.height)): \(symbol.symbology.name) \(symbol.text), "
                    + "\(symbol.quality.votes) votes, \(symbol.quality.step)")
        }
    }

    private func report() {
        for kind in SyntheticFrame.Kind.allCases {
            let times = (kinds[kind] ?? []).sorted()
            print(
                "\(kind.rawValue): \(times.count) frames, median "
                    + "\(PhotoReport.decimal(PhotoReport.quantile(times, 500))) ms, p95 "
                    + "\(PhotoReport.decimal(PhotoReport.quantile(times, 950))) ms")
        }
        let ran = steps.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let seconds = kinds.values.joined().reduce(0, +) / 1000
        print("steps run: \(ran.joined(separator: ", "))")
        print("frames: \(count), false reads: \(wrong.count), \(PhotoReport.decimal(seconds)) s")
        for line in wrong { print("  \(line)") }
    }
}
