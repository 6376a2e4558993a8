#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The only source of time, identifiers and chance (DESIGN: three seams). Tests bring their own.
public struct World: Sendable {
    /// Wall clock.
    public var now: @Sendable () -> Moment
    /// Milliseconds that only grow, for timers; unrelated to `now`.
    public var uptimeMilliseconds: @Sendable () -> Int64
    /// Unpredictable bytes.
    public var randomBytes: @Sendable (_ count: Int) -> [UInt8]

    public init(
        now: @escaping @Sendable () -> Moment,
        uptimeMilliseconds: @escaping @Sendable () -> Int64,
        randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8]
    ) {
        self.now = now
        self.uptimeMilliseconds = uptimeMilliseconds
        self.randomBytes = randomBytes
    }

    /// The machine's clocks and its cryptographic random source.
    public static let system = World(
        now: { Moment(milliseconds: clockMilliseconds(CLOCK_REALTIME)) },
        uptimeMilliseconds: { clockMilliseconds(CLOCK_MONOTONIC) },
        randomBytes: { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        })

    private static func clockMilliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension World {
    /// Sixteen random bytes; `randomBytes` must return as many as asked.
    public func newBytes16() -> Bytes16 {
        Bytes16(high: newUInt64(), low: newUInt64())
    }

    public func newUInt64() -> UInt64 {
        randomBytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, 74 random bits.
    public func newCartID() -> CartID {
        let random = newBytes16()
        let time = UInt64(clamping: now().milliseconds) << 16
        let high = time | 0x7000 | (random.high & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (random.low & 0x3FFF_FFFF_FFFF_FFFF)
        return CartID(Bytes16(high: high, low: low))
    }

    /// A whole number in `0..<bound` without bias.
    public func chance(below bound: UInt64) -> UInt64 {
        guard bound > 1 else { return 0 }
        let limit = UInt64.max - UInt64.max % bound
        while true {
            let draw = newUInt64()
            if draw < limit { return draw % bound }
        }
    }
}
