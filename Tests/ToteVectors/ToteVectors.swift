import FoundationEssentials
import ToteDecoding
import ToteValues

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@main
struct ToteVectors {
    static let help = """
        Tests/vectors KIND PATH [OPTIONS]
          photos DIR           judges the pictures of DIR/manifest.csv (barcodes-decoding 1.6)
            --rounds N         time is the best of N (3)
            --only TEXT        pictures whose path holds TEXT
            --fold 0|1         pictures of one half of the texts, to tune on one and check on both
            --jsonl FILE       one line a picture: what was read, how, in how many ms
            --results FILE     judges another engine's answers instead
        Example: Tests/vectors photos ../shared/data/barcode-photos
        """

    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 2, !arguments.contains("--help") else {
            print(help)
            exit(arguments.contains("--help") ? 0 : 64)
        }
        let kind = arguments.removeFirst()
        do {
            switch kind {
            case "photos": try PhotoVectors(arguments).run()
            default: fail("unknown kind '\(kind)'\n\(help)", 64)
            }
        } catch let error as ManifestError {
            fail(error.message, 66)
        } catch {
            fail("\(error)", 70)
        }
    }

    static func fail(_ message: String, _ code: Int32) -> Never {
        let bytes = Array("vectors: \(message)\n".utf8)
        write(2, bytes, bytes.count)
        exit(code)
    }
}
