import FoundationEssentials
import ToteDecoding
import ToteValues
import ToteVectorRules

/// `vectors photos DIR`.
struct PhotoVectors {
    private let folder: String
    private let options: PhotoOptions

    init(_ arguments: ArraySlice<String>) throws {
        guard let folder = arguments.first, !folder.hasPrefix("-") else {
            throw UsageError(message: "photos wants the folder of a corpus")
        }
        self.folder = folder
        options = try PhotoOptions(arguments.dropFirst())
    }

    func run() throws {
        let photos = try Photo.manifest(in: folder).filter(options.wants)
        let report = try options.results.map { try judge($0, photos) } ?? decode(photos)
        print(report.render(), terminator: "")
        let figures = PhotoFigures(report)
        if let path = options.record {
            try Data(figures.csv.utf8).write(to: URL(filePath: path))
        }
        if let path = options.check { try check(figures, path) }
    }

    private func decode(_ photos: [Photo]) throws -> PhotoReport {
        let engine = try PhotoEngine(addOns: options.scoresAddOns)
        var addOns = AddOnReport()
        var report = PhotoReport()
        var progress = ProgressLine(total: photos.count)
        var json: [UInt8] = []
        for photo in photos {
            progress.advance(to: photo.path)
            let loaded = try PhotoEngine.Loaded(path: "\(folder)/\(photo.path)")
            let (result, milliseconds) = try engine.decode(loaded, rounds: options.rounds)
            let line = PhotoReport.Line(
                photo: photo,
                verdict: PhotoRules.judge(photo, result.symbols.map { PhotoRules.Answer($0) }),
                milliseconds: milliseconds, notes: result.symbols.map(Self.note))
            report.add(line)
            addOns.add(photo, result.symbols)
            json += Self.json(line, result).canonical + [10]
        }
        progress.finish()
        if options.scoresAddOns { print(addOns.render()) }
        if let path = options.lines { try Data(json).write(to: URL(filePath: path)) }
        return report
    }

    /// Another engine's answers, by the same rules.
    private func judge(_ results: String, _ photos: [Photo]) throws -> PhotoReport {
        let given = try EngineResults(path: results)
        var report = PhotoReport()
        for photo in photos {
            let result = given[photo.path]
            report.add(
                PhotoReport.Line(
                    photo: photo, verdict: PhotoRules.judge(photo, result.answers),
                    milliseconds: result.milliseconds,
                    notes: result.answers.map { "\($0.symbology) \($0.text)" }))
        }
        return report
    }

    private func check(_ figures: PhotoFigures, _ path: String) throws {
        let recorded = try PhotoFigures(csv: try bytes(ofFile: path), path: path)
        guard figures.isOfCorpus(of: recorded) else {
            throw OtherCorpus(message: "\(path) was recorded on other pictures")
        }
        let drops = figures.drops(since: recorded)
        guard drops.isEmpty else {
            throw FiguresDropped(message: "worse than recorded: " + drops.joined(separator: "; "))
        }
        print(figures == recorded ? "as recorded" : "better than recorded: record it anew")
    }

    private static func note(_ symbol: Symbol) -> String {
        let quality = symbol.quality
        let addOn = symbol.addOn.map { "+" + String(decoding: $0, as: UTF8.self) } ?? ""
        return "\(symbol.symbology.name) \(symbol.text)\(addOn) "
            + "(\(quality.votes) votes, \(quality.step))"
    }

    private static func json(_ line: PhotoReport.Line, _ result: DecodeResult) -> JSONValue {
        .object([
            "path": .string(line.photo.path), "tier": .string(line.photo.tier.rawValue),
            "symbology": .string(line.photo.symbology), "expected": .string(line.photo.expected),
            "read": .bool(line.verdict.isRead),
            "misreads": .integer(Int64(line.verdict.misreads.count)),
            "microseconds": .integer(Int64(line.milliseconds * 1000)),
            "steps": .strings(result.stepsRun),
            "symbols": .strings(line.notes),
            "rejected": .strings(
                result.rejected.map {
                    "\($0.symbology.name) \(String(decoding: $0.bytes, as: UTF8.self)) "
                        + "\($0.votes) \($0.reason.rawValue)"
                }),
        ])
    }
}
