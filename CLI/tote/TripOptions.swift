import ArgumentParser
import Tote
import ToteHTTP
import ToteSync
import ToteValues

struct JSONOption: ParsableArguments {
    @Flag(name: .long, help: "Print JSON.")
    var json = false
}

/// What every command that opens a trip takes.
struct TripOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Address of the store (default: TOTE_STORE, else the last one).", valueName: "url"))
    var store: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Folder of this device's files (default: TOTE_HOME).", valueName: "folder"))
    var home: String?

    @OptionGroup
    var output: JSONOption

    var json: Bool { output.json }

    func open() async throws -> ShoppingTrip {
        let store = self.store ?? Environment.value("TOTE_STORE")
        let folder = try HomeFolder.path(option: home)
        let configuration = TripConfiguration(
            home: folder, storeURL: try store.map { try StoreAddress.checked($0).text },
            connection: { address in
                guard let url = StoreURL(address) else { return UnusableStore(baseURL: address) }
                return HTTPStoreConnection(url: url)
            })
        do throws(TripError) {
            let trip = try await ShoppingTrip.open(configuration)
            if let refusal = trip.refusal {
                Console.words("\(folder) can only be read: \(refusal.message). \(refusal.mend)")
            }
            return trip
        } catch {
            throw TripError(
                code: error.code, kind: error.kind, message: "\(folder): \(error.message)",
                mend: error.mend)
        }
    }

    /// A trip that knows the store's articles and asks no network for what it has. News come with
    /// `sync`, `shop` and `pay`.
    func openReady() async throws -> ShoppingTrip {
        let trip = try await open()
        guard await !trip.isReady else { return trip }
        do throws(TripError) {
            _ = try await trip.prepare()
        } catch {
            guard error.kind == .unreachable else { throw error }
            throw TripError(
                code: error.code, kind: error.kind, message: error.message,
                mend: "Articles and prices must be fetched once; after that scanning goes on "
                    + "without the store.")
        }
        return trip
    }

    /// A trip with the newest articles and prices, or those at hand where the store is away.
    func openPrepared() async throws -> ShoppingTrip {
        let trip = try await open()
        _ = try await trip.prepare()
        return trip
    }
}
