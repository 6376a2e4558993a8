import Foundation
import Testing
import ToteVectorRules

/// The public vectors, read from `../shared/data` beside the repository or `$TOTE_DATA`.
enum PublicGS1Vectors {
    static let all: [GS1Vector] = {
        let folder =
            ProcessInfo.processInfo.environment["TOTE_DATA"].map { URL(fileURLWithPath: $0) }
            ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("../shared/data").standardizedFileURL
        let file = folder.appendingPathComponent("gs1/vectors.jsonl")
        guard let data = try? Data(contentsOf: file) else { return [] }
        return data.split(separator: 0x0A).compactMap { try? GS1Vector(Array($0)) }
    }()

    static var areAbsent: Bool { all.isEmpty }
}

@Suite("Public GS1 vectors", .disabled(if: PublicGS1Vectors.areAbsent, "shared data is absent"))
struct GS1VectorTests {
    @Test("every vector of a family is judged right", arguments: GS1Judge.Family.allCases)
    func family(_ family: GS1Judge.Family) {
        let vectors = PublicGS1Vectors.all.filter { GS1Judge.family(of: $0.operation) == family }
        #expect(!vectors.isEmpty)
        var report = GS1Report()
        for vector in vectors { report.judge(vector) }
        #expect(report.isRight, "\(report.render())")
    }

    @Test("every operation belongs to a family, and only lines without a database are skipped")
    func complete() {
        let unknown = PublicGS1Vectors.all.filter { GS1Judge.family(of: $0.operation) == nil }
        #expect(unknown.map(\.operation).isEmpty)
        var report = GS1Report()
        for vector in PublicGS1Vectors.all { report.judge(vector) }
        #expect(report.total.hasSuffix(" 0 failed, 16 skipped"), "\(report.total)")
    }
}
