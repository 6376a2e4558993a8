import Foundation
import GRDB
import Testing
import ToteCarts
import ToteStorage
import ToteValues

/// SYNC-30 and SYNC-78: whatever part of a device file is lost, the rest of the trip is not.
@Suite("A damaged device file")
struct SalvageTests {
    private static let scans = 100
    private static let sector = 512

    /// A closed file of one trip, and its bytes.
    private struct Trip {
        let folder: CartFolder
        let cart: CartID
        let bytes: Data

        init() throws {
            folder = try CartFolder()
            let queue = try DatabaseFile.open(path: folder.file, steps: CartStore.steps)
            let store = try CartStore(database: queue, world: .repeating(seed: 1))
            cart = try store.newCart(guest: false).cart
            for number in 0..<scans { try store.scan(cart, 1, code: "\(4_000_000 + number)") }
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try queue.close()
            bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        }

        /// Opens the file with these bytes instead.
        func opened(with bytes: Data) throws -> (CartStore, SalvageReport?) {
            let twin = try CartFolder()
            try bytes.write(to: URL(fileURLWithPath: twin.file))
            let (queue, report) = try DatabaseFile.openOrSalvage(
                path: twin.file, steps: CartStore.steps, verify: CartStore.verify,
                salvage: CartStore.salvage(world: .repeating(seed: 9)))
            return (try CartStore(database: queue, world: .repeating(seed: 2)), report)
        }

        /// How many scans the page around this offset can hold at most.
        func scansOfPage(_ offset: Int) -> Int {
            let page = bytes[offset / 4096 * 4096..<min(bytes.count, (offset / 4096 + 1) * 4096)]
            return page.ranges(of: Data("\"code\":\"4000".utf8)).count
        }
    }

    @Test("any sector zeroed: all scans outside its page are kept, in the trip that goes on")
    func everySector() throws {
        let trip = try Trip()
        // Inner pages too (type 5): they hold no rows, only the way to them.
        #expect(stride(from: 4096, to: trip.bytes.count, by: 4096).contains { trip.bytes[$0] == 5 })
        for start in stride(from: 0, to: trip.bytes.count, by: Self.sector) {
            var bytes = trip.bytes
            bytes.replaceSubrange(start..<start + Self.sector, with: Data(count: Self.sector))
            let (store, _) = try trip.opened(with: bytes)
            let current = try store.currentCart()
            let kept = try current.map { try store.view($0.cart).liveUnits } ?? 0
            #expect(kept >= Self.scans - trip.scansOfPage(start), "sector \(start / Self.sector)")
        }
    }

    @Test("a file cut short keeps what is before the cut", arguments: [1, 2, 3])
    func truncated(quarters: Int) throws {
        let trip = try Trip()
        let cut = trip.bytes.count / 4096 * quarters / 4 * 4096
        let lost = stride(from: cut, to: trip.bytes.count, by: 4096).map(trip.scansOfPage)
        let (store, report) = try trip.opened(with: trip.bytes.prefix(cut))
        #expect(report != nil)
        let kept = try store.currentCart().map { try store.view($0.cart).liveUnits } ?? 0
        #expect(kept >= Self.scans - lost.reduce(0, +))
    }

    @Test("a byte that changed inside a scan is noticed, and only that scan is lost")
    func alteredRow() throws {
        let trip = try Trip()
        var bytes = trip.bytes
        let place = try #require(bytes.range(of: Data("\"code\":\"4000050".utf8)))
        bytes[place.upperBound - 1] = UInt8(ascii: "9")
        let (store, report) = try trip.opened(with: bytes)
        #expect(report != nil)
        #expect(try store.view(trip.cart).liveUnits == Self.scans - 1)
    }
}
