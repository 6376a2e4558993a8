import FoundationEssentials
import ToteValues
import ToteVectorRules

/// Another engine's answers: a JSON object a line with `path`, `microseconds` and `answers`, an
/// array of `symbology` (Tote's names) and `text`.
struct EngineResults {
    typealias Result = (answers: [PhotoRules.Answer], milliseconds: Double)

    private var given: [String: Result] = [:]

    init(path: String) throws {
        for (index, line) in try bytes(ofFile: path).split(separator: 10).enumerated() {
            guard let value = try? StrictJSON.parse(Array(line), limits: .document),
                case .string(let photo)? = value["path"],
                case .integer(let microseconds)? = value["microseconds"],
                case .array(let answers)? = value["answers"]
            else { throw ManifestError(message: "\(path): line \(index + 1): no result") }
            given[photo] = (
                answers.compactMap(PhotoRules.Answer.init), Double(microseconds) / 1000
            )
        }
    }

    subscript(photo: String) -> Result { given[photo] ?? ([], 0) }
}

/// - Throws: `ManifestError`.
func bytes(ofFile path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
        throw ManifestError(message: "\(path): cannot be read")
    }
    return Array(data)
}
