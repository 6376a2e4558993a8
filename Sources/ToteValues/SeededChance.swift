import Synchronization

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine, for drawn pictures and
/// simulations that can be run again. Never for secrets.
package struct SeededChance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension World {
    /// Chance from a seed; time that moves a second a look.
    package static func repeating(seed: UInt64) -> World {
        let state = Mutex((random: SeededChance(seed: seed), clock: Int64(1_795_256_100_000)))
        return World(
            now: {
                state.withLock {
                    $0.clock += 1000
                    return Moment(milliseconds: $0.clock)
                }
            },
            uptimeMilliseconds: { state.withLock { $0.clock } },
            randomBytes: { count in
                state.withLock { state in
                    (0..<count).map { _ in UInt8(truncatingIfNeeded: state.random.next()) }
                }
            })
    }
}
