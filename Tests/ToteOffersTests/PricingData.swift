import Foundation
import ToteOffers
import ToteValues

/// Where the vectors are: the cases beside this file, the optima in the shared data folder.
enum PricingData {
    static let cases = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Cases/cases.jsonl")

    /// `$TOTE_DATA`, or `../shared/data` beside the repository; `nil` when absent.
    static var shared: URL? {
        let repository = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["TOTE_DATA"].map { URL(filePath: $0) }
        let folder = named ?? repository.deletingLastPathComponent().appending(path: "shared/data")
        let pricing = folder.appending(path: "pricing")
        return FileManager.default.fileExists(atPath: pricing.path) ? pricing : nil
    }

    static var slow: Bool { ProcessInfo.processInfo.environment["TOTE_SLOW"] != nil }

    static func optima(_ name: String) throws -> [JSONValue] {
        try shared.map { try rows($0.appending(path: name)) } ?? []
    }

    static func rows(_ url: URL) throws -> [JSONValue] {
        try Data(contentsOf: url).split(separator: 0x0A).map {
            try StrictJSON.parse(Array($0), limits: .document)
        }
    }
}

extension JSONValue {
    var items: [JSONValue] { if case .array(let values) = self { values } else { [] } }
    var members: [JSONMember] { if case .object(let members) = self { members } else { [] } }
    var number: Int64? { if case .integer(let value) = self { value } else { nil } }
    var text: String? { if case .string(let value) = self { value } else { nil } }
}
