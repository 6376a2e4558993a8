import Testing
import ToteSync

@Suite("When a device talks to its store")
struct SyncRhythmTests {
    @Test("a pending operation is sent, and more goes on until there is none")
    func happyPath() {
        var sync = SyncRhythm()
        #expect(sync.handle(.wanted) == [.send])
        #expect(sync.handle(.wanted).isEmpty)
        #expect(sync.handle(.answered(more: true)) == [.send])
        #expect(sync.handle(.answered(more: false)).isEmpty)
        #expect(sync.state == .idle)
    }

    @Test("failures wait 0.5, 1, 2, 4, 8, 16, 30, 30 s at most (worked example 6)")
    func backoff() {
        var sync = SyncRhythm()
        var bounds: [Int64] = []
        _ = sync.handle(.wanted)
        for _ in 0..<8 {
            for effect in sync.handle(.failed(retryAfterSeconds: nil)) {
                if case .wait(let bound) = effect { bounds.append(bound) }
            }
            _ = sync.handle(.timer)
        }
        #expect(bounds == [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
        _ = sync.handle(.answered(more: false))
        _ = sync.handle(.wanted)
        #expect(sync.handle(.failed(retryAfterSeconds: nil)) == [.wait(upToMilliseconds: 500)])
    }

    @Test("the store's Retry-After counts, up to two minutes")
    func retryAfter() {
        var sync = SyncRhythm()
        _ = sync.handle(.wanted)
        #expect(
            sync.handle(.failed(retryAfterSeconds: 7)) == [.waitExactly(milliseconds: 7000)])
        _ = sync.handle(.linkUp)
        #expect(
            sync.handle(.failed(retryAfterSeconds: 9999))
                == [.waitExactly(milliseconds: 120_000)])
    }

    @Test("scans wait for a credential, and go on with it")
    func unauthorised() {
        var sync = SyncRhythm()
        _ = sync.handle(.wanted)
        #expect(sync.handle(.unauthorised).isEmpty)
        #expect(sync.handle(.wanted).isEmpty)
        #expect(sync.handle(.credential) == [.send])
    }

    @Test("a store that always asks for a resync is left alone after a while (SYNC-I11)")
    func noLoop() {
        var sync = SyncRhythm()
        var sent = sync.handle(.wanted).count
        while sync.handle(.resync) == [.send], sent < 1000 { sent += 1 }
        #expect(sent < 50)
        #expect(sync.state == .backingOff(resyncing: true))
        #expect(sync.handle(.timer) == [.send])
        #expect(sync.state == .resyncing)
    }
}
