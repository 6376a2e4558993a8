import Foundation
import ToteValues

/// SYNC-77: the shipping files on a disk whose power fails; each image must open with all that
/// was acknowledged.
@main
struct TornWrites {
    static let help = """
        Tests/torn-writes N [OPTIONS]: cuts the power N times and opens what the disk holds then.
          --seed S           another run of chance (1)
          --mutant NAME      a program that does not sync as it must; fails if nothing is lost:
                             \(Mutant.all.map(\.name).joined(separator: ", "))
        Exit code: 0; 1 something was lost, or a mutant lived; 64 wrong use; 70 anything else.
        """

    static func main() async {
        do {
            guard let options = try Options(Array(CommandLine.arguments.dropFirst())) else {
                print(help)
                return
            }
            exit(try await run(options))
        } catch let error as UsageError {
            fail("\(error.message)\n\(help)", 64)
        } catch {
            fail("\(error)", 70)
        }
    }

    private static func run(_ options: Options) async throws -> Int32 {
        try FaultJournal.register()
        let root = try scratch()
        defer { try? FileManager.default.removeItem(atPath: root) }
        let began = World.system.uptimeMilliseconds()
        var device = Counts()
        var store = Counts()
        var salvage = Counts()
        // Trips of 100 images; the fourth is the store's, and every eighth is damaged besides.
        var seed = options.seed
        while device.images + store.images + salvage.images < options.images {
            seed &+= 1
            let left = options.images - device.images - store.images - salvage.images
            let images = max(TornTrip<DeviceLife>.lives, min(100, left))
            switch seed % 8 {
            case 3, 7:
                guard options.mutant?.synchronous == nil else { continue }
                var trip = TornTrip<StoreLife>(
                    root: root, seed: seed, isSalvaged: false, mutant: options.mutant)
                try await trip.run(images: images, &store)
            case 1:
                guard options.mutant == nil else { continue }
                var trip = TornTrip<DeviceLife>(
                    root: root, seed: seed, isSalvaged: true, mutant: nil)
                try await trip.run(images: images, &salvage)
            default:
                var trip = TornTrip<DeviceLife>(
                    root: root, seed: seed, isSalvaged: false, mutant: options.mutant)
                try await trip.run(images: images, &device)
            }
        }
        let seconds = Double(World.system.uptimeMilliseconds() - began) / 1000
        let all = [("device", device), ("store", store), ("device, damaged", salvage)]
        for (name, counts) in all where counts.images > 0 { report(name, counts) }
        let lost = all.reduce(0) { $0 + $1.1.lost }
        let images = all.reduce(0) { $0 + $1.1.images }
        print("\(images) images, \(lost) lost, \(String(format: "%.1f", seconds)) s")
        guard let mutant = options.mutant else { return lost == 0 ? 0 : 1 }
        print("mutant \(mutant.name): \(lost > 0 ? "dies" : "LIVES")")
        return lost > 0 ? 0 : 1
    }

    private static func report(_ name: String, _ counts: Counts) {
        print(
            "\(name): \(counts.images) images, \(counts.opened) opened, "
                + "\(counts.salvaged) salvaged, \(counts.lost) lost")
        if let first = counts.first { print("  first: \(first)") }
    }

    /// In memory where there is such a place: the disk is played, not used.
    private static func scratch() throws -> String {
        let memory = "/dev/shm"
        let parent =
            FileManager.default.isWritableFile(atPath: memory)
            ? memory : FileManager.default.temporaryDirectory.path
        let root = parent + "/tote-torn-\(Hex.encode(World.system.randomBytes(8)))"
        try FileManager.default.createDirectory(
            atPath: root, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return root
    }

    private static func fail(_ message: String, _ code: Int32) -> Never {
        FileHandle.standardError.write(Data("torn-writes: \(message)\n".utf8))
        exit(code)
    }
}

struct UsageError: Error {
    let message: String
}

struct Options {
    var images = 0
    var seed: UInt64 = 1
    var mutant: Mutant?

    /// `nil` asks for help.
    init?(_ arguments: [String]) throws {
        if arguments.contains("--help") || arguments.contains("-h") { return nil }
        guard let count = arguments.first.flatMap({ Int($0) }), count > 0 else {
            throw UsageError(message: "how many images?")
        }
        images = count
        var rest = arguments.dropFirst()
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else {
                throw UsageError(message: "\(name) needs a value")
            }
            switch name {
            case "--seed":
                guard let number = UInt64(value) else {
                    throw UsageError(message: "'\(value)' is no seed")
                }
                seed = number
            case "--mutant":
                guard let found = Mutant.all.first(where: { $0.name == value }) else {
                    throw UsageError(message: "no mutant '\(value)'")
                }
                mutant = found
            default: throw UsageError(message: "unknown option '\(name)'")
            }
        }
    }
}
