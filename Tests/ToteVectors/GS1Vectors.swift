import FoundationEssentials
import ToteVectorRules

/// `vectors gs1 FILE…`: judges GS1 vectors by VEC-1 to VEC-9; `-` is standard input.
struct GS1Vectors {
    private let files: [String]

    init(_ arguments: ArraySlice<String>) throws {
        if let option = arguments.first(where: { $0.hasPrefix("-") && $0 != "-" }) {
            throw UsageError(message: "unknown option \(option)")
        }
        guard !arguments.isEmpty else { throw UsageError(message: "gs1 wants a file of vectors") }
        files = Array(arguments)
    }

    /// - Returns: whether nothing failed.
    func run() throws -> Bool {
        var report = GS1Report()
        for file in files {
            do throws(GS1VectorError) {
                try report.judge(file: contents(file))
            } catch {
                print(report.render(), terminator: "")
                throw VectorFileError(message: "\(file): \(error.reason)")
            }
        }
        guard !report.isEmpty else {
            throw VectorFileError(message: "\(files.joined(separator: ", ")): no vector in it")
        }
        print(report.render(), terminator: "")
        return report.isRight
    }

    private func contents(_ file: String) throws(GS1VectorError) -> Data {
        if file == "-" {
            var input = Data()
            while let line = readLine(strippingNewline: false) { input += Data(line.utf8) }
            return input
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw GS1VectorError(reason: "cannot be read")
        }
        return data
    }
}

struct VectorFileError: Error {
    var message: String
}
