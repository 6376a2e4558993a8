import Testing
import ToteCarts
import ToteMessages
import ToteSync
import ToteValues

@Suite("What a device says to its store")
struct DeviceSyncTests {
    @Test("an answer to an earlier request is dropped (SYNC-53)")
    func stale() throws {
        var device = SyncingDevice()
        try device.scan()
        let first = try device.sent(.wanted)
        let lost = device.take(.none, to: first.number)
        #expect(lost.isWait)
        let second = try device.sent(.timer)
        let before = device
        let late = device.take(device.server.respond(first.request), to: first.number)
        #expect(late.isEmpty)
        #expect(device.cart == before.cart && device.sync == before.sync)
        _ = device.take(device.server.respond(second.request), to: second.number)
        #expect(device.sync.state == .idle)
        #expect(device.cart.base.liveUnits == 1)
        let again = device.take(device.server.respond(second.request), to: second.number)
        #expect(again.isEmpty)
    }

    @Test("an answer to a cart that was forked meanwhile is asked for again (SYNC-2)")
    func forkedMeanwhile() throws {
        var device = SyncingDevice()
        try device.scan()
        let first = try device.sent(.wanted)
        _ = device.take(device.server.respond(first.request), to: first.number)
        try device.scan()
        let second = try device.sent(.wanted)
        device.cart.fork { Incarnation(77) }
        let effects = device.take(device.server.respond(second.request), to: second.number)
        let third = try #require(effects.request)
        #expect(third.request.cursor == nil && third.request.operations.isEmpty)
        device.finish(third)
        #expect(device.cart.view.liveUnits == 2)
        #expect(device.server.cart.liveUnits == 2)
    }

    @Test("a refusal halves the push down to one operation, which becomes a skip (SYNC-26)")
    func halving() throws {
        var device = SyncingDevice()
        for index in 0..<7 { try device.scan(index == 5 ? "bad" : "good") }
        device.server.unreadable = "bad"
        var sizes: [Int] = []
        var request = device.send(.wanted)
        while let sent = request {
            sizes.append(sent.request.operations.count)
            let effects = device.take(device.server.respond(sent.request), to: sent.number)
            request = effects.request
        }
        #expect(sizes == [7, 3, 3, 1, 1, 1, 2])
        #expect(device.server.cart.liveUnits == 6)
        #expect(device.cart.view.liveUnits == 6)
        #expect(!device.cart.hasUnsent)
    }

    @Test("a refused operation of an earlier stream is skipped in its place (SYNC-I11)")
    func refusedEarlier() throws {
        var device = SyncingDevice()
        try device.scan("bad")
        device.run(.wanted)
        device.cart.fork { Incarnation(77) }
        device.run(.wanted)
        try device.scan("good")
        device.run(.wanted)
        device.server.restore()
        device.server.unreadable = "bad"
        device.run(.wanted)
        #expect(!device.cart.hasUnsent)
        #expect(device.server.cart.liveUnits == 1)
        #expect(device.cart.view == device.server.cart)
    }

    @Test("a chain that does not fit twice within a minute is shown as given (SYNC-49)")
    func badChain() throws {
        var device = SyncingDevice()
        try device.scan()
        let first = try device.sent(.wanted)
        device.server.forged = LogHash(Bytes16(high: 1, low: 1))
        let effects = device.take(device.server.respond(first.request), to: first.number)
        let second = try #require(effects.request)
        #expect(second.request.cursor == nil)
        device.now += 59_999
        _ = device.take(device.server.respond(second.request), to: second.number)
        #expect(device.sync.state == .idle)
        #expect(device.cart.base.liveUnits == 1)
    }

    @Test("a file that fails waits, and everything is decided anew")
    func fileFailed() throws {
        var device = SyncingDevice()
        try device.scan()
        let sent = try device.sent(.wanted)
        let failed = device.sync.fileFailed()
        #expect(failed.isWait)
        let late = device.take(device.server.respond(sent.request), to: sent.number)
        #expect(late.isEmpty)
        device.run(.timer)
        #expect(device.server.cart.liveUnits == 1)
        #expect(!device.cart.hasUnsent)
    }

    @Test("a store that lost the log is told of confirmed sets, once all is sent (SYNC-61)")
    func attest() throws {
        var device = SyncingDevice()
        for _ in 0..<3 { try device.scan() }
        device.run(.wanted)
        #expect(!device.told.contains(.attest))
        device.server.restore()
        device.run(.wanted)
        #expect(!device.told.contains(.attest))
        device.cart.save(
            PendingClose(
                closeID: CloseID(Bytes16(high: 1, low: 1)), cart: device.cart.record.cart,
                ordinal: 1, cursor: device.server.head, at: Moment(milliseconds: 0),
                confirmedSet: device.cart.view.closeSet(), totalMinor: 597, currency: .euro,
                quoteHash: [1]))
        device.server.restore()
        device.run(.wanted)
        #expect(device.told.filter { $0 == .attest }.count == 1)
        #expect(device.told.last == .attest)
        #expect(device.cart.confirmedCloses.count == 1)
        #expect(device.server.cart.liveUnits == 3)
    }
}
