import Tote
import ToteValues

/// Exchanges with the store behind the shopper's back: at each change and every 15 seconds, later
/// and later while the store is away. Never in the way of the next scan.
actor BackgroundSync {
    private let trip: ShoppingTrip
    private var running: [Task<Void, Never>] = []
    private var hasNewestPrices = false
    private var wake: AsyncStream<Void>.Continuation?
    private var news: [String] = []
    private var wasOffline = false
    private static let usualSeconds = 15
    private static let longestSeconds = 120
    private var pauseSeconds = usualSeconds

    init(trip: ShoppingTrip) { self.trip = trip }

    func start() {
        guard running.isEmpty else { return }
        let (changes, wake) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.wake = wake
        running = [
            Task { for await _ in changes { await exchange() } },
            Task { await tick() },
        ]
        poke()
    }

    /// Something changed, or time passed.
    func poke() { wake?.yield() }

    func stop() {
        wake?.finish()
        for task in running { task.cancel() }
    }

    /// What the shopper should hear, once.
    func takeNews() -> [String] {
        defer { news = [] }
        return news
    }

    private func tick() async {
        while (try? await Task.sleep(for: .seconds(pauseSeconds))) != nil { poke() }
    }

    private func exchange() async {
        let offline: Bool
        do {
            if !hasNewestPrices { hasNewestPrices = try await !trip.prepare().offline }
            let status = try await trip.sync()
            offline = status.offline
            news += status.refused.map { "The store refused a scan: \($0)" }
        } catch {
            offline = error.kind == .unreachable
            if !offline { news.append("\(error.message) \(error.mend)") }
        }
        if offline != wasOffline {
            news.append(
                offline
                    ? "The store is not reachable: go on, your scans are safe here."
                    : "The store is back: everything is sent.")
        }
        wasOffline = offline
        pauseSeconds = offline ? min(pauseSeconds * 2, Self.longestSeconds) : Self.usualSeconds
    }
}
