import Foundation
import Testing

@Suite("Bad pictures and codes have tests")
struct BadInputTests {
    @Test("every test that the table names exists", arguments: BadInputCase.all.map(\.id))
    func exists(id: String) throws {
        let row = try #require(BadInputCase.all.first { $0.id == id })
        let sources = SourceTree.swift.filter { $0.isTest && !$0.isTidy }.map(\.text)
        for test in row.tests {
            #expect(sources.contains { $0.contains("\"\(test)\"") }, "\(test)")
        }
        #expect(!row.tests.isEmpty || row.open != nil)
    }

    @Test(
        "every case of the shared list stands in the table",
        .enabled(if: SharedCases.all != nil, "../shared/data is absent"))
    func complete() throws {
        for listed in try #require(SharedCases.all)
        where BadInputCase.areas.contains(listed.area)
            || BadInputCase.alsoListed.contains(listed.id)
        {
            let row = BadInputCase.all.first { $0.id == listed.id }
            #expect(row?.listed == listed.result, "\(listed.id)")
        }
    }
}

/// `bad-inputs/cases.jsonl` of the data beside the repository.
struct SharedCases: Decodable {
    let id: String
    let area: String
    let result: String

    static let all: [SharedCases]? = {
        let beside = SourceTree.root.appendingPathComponent("../shared/data").standardizedFileURL
        let folder =
            ProcessInfo.processInfo.environment["TOTE_DATA"].map { URL(fileURLWithPath: $0) }
            ?? beside
        let file = folder.appendingPathComponent("bad-inputs/cases.jsonl")
        guard let data = try? Data(contentsOf: file) else { return nil }
        return try? data.split(separator: 10).map {
            try JSONDecoder().decode(SharedCases.self, from: $0)
        }
    }()
}
