import Foundation
import Testing
import ToteValues

/// `tote scan --json SampleBarcodes/*` agrees with `index.json` for every picture.
@Suite("Sample pictures", .enabled(if: Program.areBuilt))
struct SampleTests {
    struct Sample: Sendable {
        let file: String
        let expected: Set<String>
        let error: JSONValue?
    }

    @Test("every picture reads as its index says", .timeLimit(.minutes(5)))
    func index() async throws {
        let samples = try Self.samples()
        #expect(samples.count >= 40)
        let outcome = try await Program.tote.run(
            ["scan", "--json"] + samples.map { Program.sample($0.file) }, limitSeconds: 240)
        guard case .array(let results) = try outcome.json() else {
            Issue.record("no array")
            return
        }
        #expect(results.count == samples.count)
        for (sample, result) in zip(samples, results) {
            #expect(Self.symbols(result["symbols"]) == sample.expected, "\(sample.file)")
            if let error = sample.error {
                #expect(result["error"]?["code"] == error, "\(sample.file)")
            }
        }
    }

    private static func samples() throws -> [Sample] {
        let bytes = Array(try Data(contentsOf: URL(filePath: Program.sample("index.json"))))
        guard case .array(let entries) = try StrictJSON.parse(bytes) else { return [] }
        return entries.compactMap { entry in
            guard case .string(let file)? = entry["file"] else { return nil }
            return Sample(
                file: file, expected: symbols(entry["expect"]), error: entry["error"])
        }
    }

    /// `ean13 4012345000108 ]E0` …
    private static func symbols(_ value: JSONValue?) -> Set<String> {
        guard case .array(let symbols)? = value else { return [] }
        let names = ["symbology", "text", "aim"]
        return Set(
            symbols.map { symbol in
                names.map { symbol[$0]?.canonicalText ?? "" }.joined(separator: " ")
            })
    }
}
