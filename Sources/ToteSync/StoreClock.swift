import Synchronization
public import ToteValues

/// What time it is at the store. A device's own clock may be years off; prices, offers, proofs
/// and quotes are the store's, so they follow the clock that its answers show (SYNC-I13).
///
/// Small differences are left alone: an answer's `Date` has whole seconds and took its way.
public final class StoreClock: Sendable {
    /// Differences up to this are none.
    static let tolerance: Int64 = 30_000

    private let own: World
    private let offset: Mutex<Int64>
    private let changed: @Sendable (Int64) -> Void

    /// - Parameters:
    ///   - world: the device's own clock.
    ///   - offsetMilliseconds: what the store's clock was ahead when last heard.
    ///   - changed: is told a new offset, to keep it.
    public init(
        world: World, offsetMilliseconds: Int64 = 0,
        changed: @escaping @Sendable (Int64) -> Void = { _ in }
    ) {
        own = world
        offset = Mutex(offsetMilliseconds)
        self.changed = changed
    }

    /// The device's world with the store's time.
    public var world: World {
        World(
            now: { [self] in now }, uptimeMilliseconds: own.uptimeMilliseconds,
            randomBytes: own.randomBytes)
    }

    private var now: Moment {
        Moment(milliseconds: own.now().milliseconds + offset.withLock { $0 })
    }

    /// Takes the time of an answer.
    /// - Parameter date: its `Date` header (RFC 9110 section 5.6.7).
    /// - Returns: whether the time has moved, so that a refused proof is worth a second try.
    @discardableResult
    public func note(date: String?) -> Bool {
        guard let theirs = date.flatMap(HTTPDate.moment) else { return false }
        let measured = theirs.milliseconds - own.now().milliseconds
        let next = abs(measured) <= Self.tolerance ? 0 : measured
        let hasMoved = offset.withLock { offset in
            guard abs(next - offset) > Self.tolerance else { return false }
            offset = next
            return true
        }
        if hasMoved { changed(next) }
        return hasMoved
    }
}

/// `Sat, 21 Nov 2026 21:28:29 GMT`, the one form that answers may have.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func moment(_ text: String) -> Moment? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[5] == "GMT",
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
        return Moment(text: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
    }
}
