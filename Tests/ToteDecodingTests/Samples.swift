import Foundation
import Testing
import TotePictures
import ToteValues

/// One line of `SampleBarcodes/index.json`.
struct Sample: CustomTestStringConvertible, Sendable {
    struct Expected: Hashable, Sendable {
        var symbology: String
        var text: String
        var aim: String
    }

    var file: String
    /// `nil` if the picture must be refused.
    var expected: [Expected]?
    /// Code of the refusal.
    var error: String?

    var testDescription: String { file }
    var path: String { Self.folder.appending(path: file).path }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "SampleBarcodes")

    static let all: [Sample] = (try? read()) ?? []

    static func bytes(_ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: file)))
    }

    static func picture(_ file: String) throws -> Picture {
        try Picture(bytes: bytes(file))
    }

    private static func read() throws -> [Sample] {
        let index = try StrictJSON.parse(bytes("index.json"), limits: .document)
        return try JSONField(index).array().map { field in
            var reader = try field.object()
            let file = try reader.required("file").string()
            _ = try reader.required("how").string()
            let error = try reader.optional("error")?.string()
            let expected = try reader.optional("expect")?.array().map(expected)
            try reader.finish()
            return Sample(file: file, expected: expected, error: error)
        }
    }

    private static func expected(_ field: JSONField) throws -> Expected {
        var reader = try field.object()
        let expected = Expected(
            symbology: try reader.required("symbology").string(),
            text: try reader.required("text").string(), aim: try reader.required("aim").string())
        try reader.finish()
        return expected
    }
}
