import Synchronization
package import ToteValues

/// How often one may do something: so many at once, and then so many a second.
package struct TokenBucket: Hashable, Sendable {
    package let perSecond: Int64
    package let burst: Int64
    /// Thousandths of a token.
    private var level: Int64
    private var at: Int64

    package init(perSecond: Int64, burst: Int64, uptimeMilliseconds: Int64) {
        self.perSecond = perSecond
        self.burst = burst
        level = burst * 1000
        at = uptimeMilliseconds
    }

    package var isFull: Bool { level >= burst * 1000 }

    /// - Returns: whether there was a token to take.
    package mutating func take(uptimeMilliseconds now: Int64) -> Bool {
        fill(now)
        guard level >= 1000 else { return false }
        level -= 1000
        return true
    }

    package mutating func fill(_ now: Int64) {
        level = min(burst * 1000, level + max(0, now - at) * perSecond)
        at = max(at, now)
    }
}

/// Syncs of a device: 5 a second, 20 at once (`cart-sync.md` section 5, limits).
package final class SyncRate: Sendable {
    package static let perSecond: Int64 = 5
    package static let burst: Int64 = 20
    /// Full buckets are forgotten when there are so many.
    private static let mostRemembered = 4096

    private let world: World
    private let buckets = Mutex<[DeviceID: TokenBucket]>([:])

    package init(world: World) { self.world = world }

    /// - Returns: whether this device may sync now.
    package func take(_ device: DeviceID) -> Bool {
        let now = world.uptimeMilliseconds()
        return buckets.withLock { buckets in
            if buckets.count >= Self.mostRemembered { Self.forget(&buckets, now) }
            let fresh = TokenBucket(
                perSecond: Self.perSecond, burst: Self.burst, uptimeMilliseconds: now)
            return buckets[device, default: fresh].take(uptimeMilliseconds: now)
        }
    }

    private static func forget(_ buckets: inout [DeviceID: TokenBucket], _ now: Int64) {
        for device in buckets.keys { buckets[device]?.fill(now) }
        buckets = buckets.filter { !$0.value.isFull }
    }
}
