import FoundationEssentials
import ToteDecoding
import ToteValues

/// `vectors photos DIR`.
struct PhotoVectors {
    private var folder: String
    private var rounds = 3
    private var only = ""
    private var fold: Int?
    private var lines: String?
    private var results: String?

    init(_ arguments: [String]) throws {
        folder = arguments[0]
        var rest = arguments.dropFirst()
        while let option = rest.popFirst() {
            guard let value = rest.popFirst() else {
                throw ManifestError(message: "\(option) needs a value")
            }
            switch option {
            case "--rounds": rounds = Int(value) ?? 3
            case "--only": only = value
            case "--fold": fold = Int(value)
            case "--jsonl": lines = value
            case "--results": results = value
            default: throw ManifestError(message: "unknown option \(option)")
            }
        }
    }

    func run() throws {
        if let results { return try judge(results) }
        let engine = try PhotoEngine(rounds: rounds)
        var report = PhotoReport()
        var json: [UInt8] = []
        for photo in try Photo.manifest(in: folder) where judged(photo) {
            let reading = try engine.read("\(folder)/\(photo.path)")
            let verdict = PhotoRules.judge(photo, reading.answers)
            report.add(
                PhotoReport.Line(
                    photo: photo, verdict: verdict, milliseconds: reading.milliseconds,
                    notes: reading.symbols.map(note)))
            json += line(photo, verdict, reading).canonical + [10]
        }
        print(report.render(), terminator: "")
        if let lines { try Data(json).write(to: URL(filePath: lines)) }
    }

    /// Another engine's answers, by the same rules.
    private func judge(_ results: String) throws {
        guard let data = FileManager.default.contents(atPath: results) else {
            throw ManifestError(message: "\(results): cannot be read")
        }
        var given: [String: (answers: [PhotoRules.Answer], milliseconds: Double)] = [:]
        for line in data.split(separator: 10) {
            let value = try StrictJSON.parse(Array(line), limits: .document)
            guard case .string(let path)? = value["path"],
                case .integer(let microseconds)? = value["microseconds"],
                case .array(let answers)? = value["answers"]
            else { throw ManifestError(message: "\(results): not a line of results") }
            given[path] = (answers.compactMap(answer), Double(microseconds) / 1000)
        }
        var report = PhotoReport()
        for photo in try Photo.manifest(in: folder) where judged(photo) {
            let (answers, milliseconds) = given[photo.path] ?? ([], 0)
            report.add(
                PhotoReport.Line(
                    photo: photo, verdict: PhotoRules.judge(photo, answers),
                    milliseconds: milliseconds, notes: answers.map { "\($0.symbology) \($0.text)" }
                ))
        }
        print(report.render(), terminator: "")
    }

    private func answer(_ value: JSONValue) -> PhotoRules.Answer? {
        guard case .string(let symbology)? = value["symbology"],
            case .string(let text)? = value["text"]
        else { return nil }
        return PhotoRules.Answer(symbology: symbology, text: text)
    }

    private func judged(_ photo: Photo) -> Bool {
        photo.tier != .extra && (only.isEmpty || photo.path.contains(only))
            && (fold == nil || photo.fold == fold)
    }

    private func note(_ symbol: Symbol) -> String {
        let quality = symbol.quality
        return "\(symbol.symbology.name) \(symbol.text) (\(quality.votes) votes, \(quality.step))"
    }

    private func line(
        _ photo: Photo, _ verdict: PhotoRules.Verdict, _ reading: PhotoEngine.Reading
    ) -> JSONValue {
        .object([
            "path": .string(photo.path), "tier": .string(photo.tier.rawValue),
            "symbology": .string(photo.symbology), "expected": .string(photo.expected),
            "read": .bool(verdict.isRead), "misreads": .integer(Int64(verdict.misreads.count)),
            "microseconds": .integer(Int64(reading.milliseconds * 1000)),
            "steps": .array(reading.stepsRun.map { .string($0) }),
            "symbols": .array(reading.symbols.map { .string(note($0)) }),
            "rejected": .array(
                reading.rejected.map {
                    .string(
                        "\($0.symbology.name) \(String(decoding: $0.bytes, as: UTF8.self)) "
                            + "\($0.votes) \($0.reason.rawValue)")
                }),
        ])
    }
}
