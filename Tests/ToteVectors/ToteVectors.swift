import ToteVectorRules

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
            --tier TIER        retail, negative, partial, unsupported or extra (else left out)
            --symbology NAME   as the manifest names it: EAN-13, DataMatrix …
            --fold 0|1         pictures of one half of the texts, to tune on one and check on both
            --add-ons          also reads and scores EAN-2 and EAN-5 beside a code
            --jsonl FILE       one line a picture: what was read, how, in how many microseconds
            --results FILE     judges another engine's answers instead
            --record FILE      writes the counts of each symbology
            --check FILE       fails if a picture less is read, or one more misread, than recorded
          false-reads N        decodes N drawn frames without a code; any answer fails (DEC-18)
            --seed S           seed of the first frame (0)
          gs1 FILE…            judges GS1 vectors, a JSON object a line (barcodes-decoding 2.10);
                               - is standard input; any failure fails
          learner N            learns from N sets of labels of each scheme (LRN-5)
            --labels N         labels in a set (10)
            --seed S           another run of chance (1)
          repairs N            slips in numbers of a made catalogue: is the repair offered first
                               the right one (DIAG-1)
            --seed S           of the catalogue and the slips (0)
          load FILE…           memory and time that loading each picture takes (PIC-3)
        Exit code: 0; 1 worse than recorded, or a vector failed; 64 wrong use; 65 recorded on other
        pictures; 66 a file cannot be used; 70 anything else.
        Example: Tests/vectors photos ../shared/data/barcode-photos --check Tests/photo-figures.csv
        """

    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.contains("--help") || arguments.contains("-h") {
            print(help)
            return
        }
        do {
            try run(arguments)
        } catch let error as UsageError {
            fail("\(error.message)\n\(help)", 64)
        } catch let error as OtherCorpus {
            fail(error.message, 65)
        } catch let error as ManifestError {
            fail(error.message, 66)
        } catch let error as VectorFileError {
            fail(error.message, 66)
        } catch let error as FiguresDropped {
            fail(error.message, 1)
        } catch {
            fail("\(error)", 70)
        }
    }

    private static func run(_ arguments: ArraySlice<String>) throws {
        switch arguments.first {
        case "photos"?: try PhotoVectors(arguments.dropFirst()).run()
        case "false-reads"?:
            var falseReads = try FalseReads(Array(arguments.dropFirst()))
            if try !falseReads.run() { exit(1) }
        case "gs1"?: if try !GS1Vectors(arguments.dropFirst()).run() { exit(1) }
        case "learner"?:
            if try !LearnerVectors(Array(arguments.dropFirst())).run() { exit(1) }
        case "repairs"?:
            if try !RepairVectors(Array(arguments.dropFirst())).run() { exit(1) }
        case "load"?: LoadVectors(Array(arguments.dropFirst())).run()
        case let kind?: throw UsageError(message: "unknown kind '\(kind)'")
        case nil: throw UsageError(message: "which kind of vectors?")
        }
    }

    private static func fail(_ message: String, _ code: Int32) -> Never {
        let bytes = Array("vectors: \(message)\n".utf8)
        fflush(nil)
        write(STDERR_FILENO, bytes, bytes.count)
        exit(code)
    }
}

struct UsageError: Error {
    var message: String
}

struct OtherCorpus: Error {
    var message: String
}

struct FiguresDropped: Error {
    var message: String
}
