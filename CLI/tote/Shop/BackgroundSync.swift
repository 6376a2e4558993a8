import Tote
import ToteValues

/// Exchanges with the store behind the shopper's back: at each change, and as often as the trip
/// says. Never in the way of the next scan.
actor BackgroundSync {
    private let trip: ShoppingTrip
    private var running: [Task<Void, Never>] = []
    private var hasNewestPrices = false
    private var wake: AsyncStream<Void>.Continuation?
    private var news: [String] = []
    private var wasOffline = false
    /// Refusals that the shopper has heard of.
    private var told: Set<String> = []

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
        while true {
            let pause = max(1000, await trip.syncPauseMilliseconds)
            guard (try? await Task.sleep(for: .milliseconds(pause))) != nil else { return }
            poke()
        }
    }

    private func exchange() async {
        let offline: Bool
        do {
            if !hasNewestPrices { hasNewestPrices = try await !trip.prepare().offline }
            let status = try await trip.sync()
            offline = status.offline
            let refused = status.refused.filter { told.insert($0).inserted }
            news += refused.map { "The store did not accept \($0)" }
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
    }
}
