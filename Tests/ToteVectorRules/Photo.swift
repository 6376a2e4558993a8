import FoundationEssentials

/// One line of a corpus's `manifest.csv` (barcodes-decoding 1.6).
package struct Photo: Sendable {
    package enum Tier: String, Sendable { case retail, extra, negative, partial, unsupported }

    package var path: String
    /// As the manifest names it: `EAN-13`, `DataBarExpandedStacked` …
    package var symbology: String
    package var tier: Tier
    package var expected: String
    package var addOn: String
    /// Further true texts.
    package var also: [String]

    package init(
        path: String, symbology: String, tier: Tier, expected: String, addOn: String = "",
        also: [String] = []
    ) {
        self.path = path
        self.symbology = symbology
        self.tier = tier
        self.expected = expected
        self.addOn = addOn
        self.also = also
    }

    /// Half of the corpus to which the picture's text belongs, 0 or 1: the lowest bit of the
    /// FNV-1a hash of the text. What is tuned on one half is checked on the other, which has none
    /// of its texts.
    package var fold: Int {
        let hash = expected.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return Int((hash ^ hash >> 32) & 1)
    }

    /// - Throws: `ManifestError` that names file and row.
    package static func manifest(in folder: String) throws -> [Photo] {
        let path = folder + "/manifest.csv"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ManifestError(message: "\(path): cannot be read; is it a corpus folder?")
        }
        return try manifest(Array(data), path: path)
    }

    /// - Parameter path: for the words of an error.
    package static func manifest(_ bytes: [UInt8], path: String) throws -> [Photo] {
        let rows = CSVReader.rows(of: bytes)
        let names = rows.first ?? []
        return try rows.dropFirst().enumerated().map { index, row in
            func field(_ name: String) throws -> String {
                guard let column = names.firstIndex(of: name), column < row.count else {
                    throw ManifestError(message: "\(path): row \(index + 2) lacks '\(name)'")
                }
                return row[column]
            }
            guard let tier = Tier(rawValue: try field("tier")) else {
                throw ManifestError(message: "\(path): row \(index + 2): unknown tier")
            }
            return Photo(
                path: try field("path"), symbology: try field("symbology"), tier: tier,
                expected: try field("expected"), addOn: try field("addon"),
                also: try field("also").split(separator: "|").map(String.init))
        }
    }
}

/// A file of vectors that cannot be used; the words name file and row.
package struct ManifestError: Error {
    package var message: String

    package init(message: String) { self.message = message }
}
