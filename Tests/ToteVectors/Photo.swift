import FoundationEssentials

/// One line of a corpus's `manifest.csv` (barcodes-decoding 1.6).
struct Photo: Sendable {
    enum Tier: String { case retail, extra, negative, partial, unsupported }

    var path: String
    /// As the manifest names it: `EAN-13`, `DataBarExpandedStacked` …
    var symbology: String
    var tier: Tier
    var expected: String
    var addOn: String
    /// Further true texts.
    var also: [String]

    /// Half of the corpus to which the picture's text belongs, 0 or 1: the lowest bit of the
    /// FNV-1a hash of the text. What is tuned on one half is checked on the other, which has none
    /// of its texts.
    var fold: Int {
        let hash = expected.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return Int((hash ^ hash >> 32) & 1)
    }

    /// - Throws: `ManifestError` that names the line.
    static func manifest(in folder: String) throws -> [Photo] {
        let path = folder + "/manifest.csv"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ManifestError(message: "\(path): cannot be read; is it a corpus folder?")
        }
        let rows = CSVReader.rows(of: Array(data))
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

struct ManifestError: Error {
    var message: String
}
