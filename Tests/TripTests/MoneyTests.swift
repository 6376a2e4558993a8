import Foundation
import Testing
import ToteValues

/// The real programs, killed or crossed around the moment of paying.
@Suite("Paid exactly once", .enabled(if: Program.areBuilt), .serialized)
struct MoneyTests {
    private static func guest(_ store: DemoStore, _ codes: String...) async throws -> Device {
        let device = try Device(store: store.url)
        for code in codes { _ = try await device.json("add", code) }
        return device
    }

    private func amount(_ value: JSONValue?) -> Int64? {
        guard case .integer(let amount)? = value else { return nil }
        return amount
    }

    @Test("goods with an age are named and paid only without them", .timeLimit(.minutes(1)))
    func ageRestricted() async throws {
        let store = try await DemoStore.start()
        let device = try await Self.guest(store, "4012345000016", "4012345000962")
        let refused = try await device.pay("--json")
        #expect(refused.status == 65)
        #expect(refused.refusal == "approvalMissing")
        #expect(refused.err.contains("Gin 0.7 l (18)"))
        #expect(try await device.json("cart")["state"] == .string("open"))
        _ = try await device.json("remove", "2")
        let paid = try await device.pay("--json")
        #expect(paid.status == 0, "\(paid.err)")
    }

    @Test("an empty cart, and a cart paid before, are not paid", .timeLimit(.minutes(1)))
    func nothingToPay() async throws {
        let store = try await DemoStore.start()
        let device = try await Self.guest(store)
        #expect(try await device.pay("--json").refusal == "cartEmpty")
        _ = try await device.json("add", "4012345000016")
        #expect(try await device.pay().status == 0)
        #expect(try await device.pay("--json").refusal == "cartEmpty")
        let next = try await device.json("add", "4012345000030")
        #expect(next["cart"]?["lines"] != .array([]))
        let receipt = try await device.json("receipt")
        guard case .array(let lines)? = receipt["receipt"]?["lines"] else { return }
        #expect(lines.count == 1)
    }

    @Test("a declined card takes nothing and another tender pays", .timeLimit(.minutes(1)))
    func declined() async throws {
        let store = try await DemoStore.start()
        let device = try await Self.guest(store, "4012345000016")
        let total = try await device.json("cart")["total"]
        let declined = try await device.tote(
            "pay", "--yes", "--split", "giftCard:100,newCard:rest", "--gift-card", "gc-1", "--card",
            "sb_visa_0002", "--json")
        #expect(declined.status == 65)
        let state = try declined.json()
        #expect(state["state"] == .string("partiallyAuthorised"))
        #expect(state["captured"] == .integer(0))
        #expect(try await device.json("cart")["total"] == total)
        #expect(try await device.tote("exit").status == 65)
        let paid = try await device.pay("--json")
        #expect(paid.status == 0, "\(paid.err)")
        #expect(try paid.json()["captured"] == total)
    }

    @Test("two at once pay once", .timeLimit(.minutes(1)))
    func twoAtOnce() async throws {
        let store = try await DemoStore.start()
        let device = try await Self.guest(store, "4012345000016")
        async let first = device.pay("--json")
        async let second = device.pay("--json")
        let outcomes = try await [first, second]
        #expect(outcomes.count { $0.status == 0 } == 1)
        #expect(outcomes.contains { $0.status == 75 || $0.status == 65 })
        let receipt = try await device.json("receipt")
        #expect(amount(receipt["receipt"]?["sequence"]) == 1)
    }

    @Test(
        "the device killed anywhere in paying: one capture, receipt and pass in the end",
        .timeLimit(.minutes(5)))
    func deviceKilled() async throws {
        let store = try await DemoStore.start()
        for (round, delay) in stride(from: 20, through: 400, by: 20).enumerated() {
            let device = try await Self.guest(store, "4012345000016", "4012345000030")
            let total = amount(try await device.json("cart")["total"])
            await kill(device, after: .milliseconds(delay))
            // Whatever a shopper tries next, in this order.
            _ = try await device.tote("sync")
            _ = try await device.tote("cart")
            _ = try await device.pay()
            let receipt = try await device.json("receipt")
            #expect(amount(receipt["receipt"]?["totals"]?["total"]) == total, "\(delay) ms")
            #expect(try await device.tote("exit", "--text").status == 0, "\(delay) ms")
            // Receipts have no gaps and each stands for one capture.
            #expect(amount(receipt["receipt"]?["sequence"]) == Int64(round + 1), "\(delay) ms")
        }
    }

    @Test(
        "the store killed anywhere in paying: every piece is paid once, none is lost",
        .timeLimit(.minutes(5)))
    func storeKilled() async throws {
        var store = try await DemoStore.start()
        var receipts: Int64 = 0
        for delay in stride(from: 40, through: 400, by: 40) {
            let device = try await Self.guest(store, "4012345000016")
            let running = store
            let killer = Task {
                try await Task.sleep(for: .milliseconds(delay))
                return await running.killed()
            }
            var words = [try await device.pay().err]
            _ = try await killer.value
            // Scanned while nobody knows how the payment stands: taken or refused, never lost.
            let late = try await device.tote("add", "4012345000030")
            store = try await store.restarted()
            let scanned = late.status == 0 ? 2 : 1
            var pieces = 0
            for _ in 0..<5 {
                let receipt = try? await device.tote("receipt", "--json").json()
                let sequence = amount(receipt?["receipt"]?["sequence"]) ?? 0
                if sequence > receipts, case .array(let lines)? = receipt?["receipt"]?["lines"] {
                    // Receipts have no gaps, and each stands for one capture.
                    #expect(sequence == receipts + 1, "\(delay) ms")
                    receipts = sequence
                    pieces += lines.count
                }
                guard pieces < scanned else { break }
                words.append(try await device.pay().err)
            }
            _ = try await device.json("sync")
            #expect(pieces == scanned, "\(delay) ms: \(words)")
            #expect(try await device.json("cart")["lines"] == .array([]), "\(delay) ms")
            #expect(try await device.tote("exit", "--text").status == 0, "\(delay) ms")
        }
    }

    private func kill(_ device: Device, after delay: Duration) async {
        guard let folder = try? TemporaryFolder(),
            let running = try? Program.tote.start(
                Device.paying, output: folder.path + "/out", errors: folder.path + "/err",
                environment: device.environment)
        else { return }
        try? await Task.sleep(for: delay)
        running.kill()
        _ = await running.end(limitSeconds: 10)
    }

}

extension Device {
    fileprivate static let paying = [
        "pay", "--yes", "--split", "newCard:rest", "--card", "sb_visa_4242",
    ]

    fileprivate func pay(_ more: String...) async throws -> Outcome {
        try await Program.tote.run(Self.paying + more, environment: environment)
    }
}
