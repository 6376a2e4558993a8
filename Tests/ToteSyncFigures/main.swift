// ToteSyncFigures trip < TRACE | sizes | commits FOLDER: figures of carts and sync as JSON,
// for Benchmarks/run sync, which puts them beside those of its peers.

import ToteValues

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

let arguments = CommandLine.arguments.dropFirst()
do {
    let figures: JSONValue
    switch (arguments.first, arguments.dropFirst().first) {
    case ("trip", nil): figures = try TripFigures.measure(TripTrace(bytes: standardInput()))
    case ("sizes", nil): figures = try SizeFigures.measure()
    case ("commits", let folder?):
        figures = try await CommitFigures.measure(folder: folder, rounds: 40)
    default:
        print("usage: ToteSyncFigures trip < TRACE | sizes | commits FOLDER")
        exit(64)
    }
    print(figures.canonicalText)
} catch {
    print("ToteSyncFigures: \(error)")
    exit(1)
}

func standardInput() -> [UInt8] {
    var (all, part) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
    while true {
        let count = read(STDIN_FILENO, &part, part.count)
        guard count > 0 else { return all }
        all += part.prefix(count)
    }
}
