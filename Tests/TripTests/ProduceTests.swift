import Foundation
import Testing
import ToteValues

/// One sticker, two articles (PLU-1, PLU-2).
@Suite("Produce by its number", .enabled(if: Program.areBuilt), .serialized)
struct ProduceTests {
    private static let kent = "04012345005103"
    private static let keitt = "04012345005110"

    @Test("two organic mangoes of one number force a choice, which names both and adds nothing")
    func ambiguous() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        try await device.refuses(["add", "94959", "--qty", "2"], status: 65, code: "ambiguous")
        let told = try await device.tote("add", "94959", "--qty", "2")
        for name in ["Kent", "Keitt", "--article \(Self.kent)", "--article \(Self.keitt)"] {
            #expect(told.err.contains(name), "\(told.err)")
        }
        try await device.refuses(
            ["add", "94959", "--qty", "2", "--article", "plu:4959"], status: 65,
            code: "notACandidate")
        let added = try await device.json("add", "94959", "--qty", "2", "--article", Self.keitt)
        #expect(added["line"]?["sku"] == .string(Self.keitt))
        #expect(added["line"]?["pieces"] == .integer(2))
        let total = try await device.json("cart")["total"]
        _ = try await device.json("sync")
        #expect(try await device.json("cart")["total"] == total)
        _ = try await device.json("set", "1", "3")
        #expect(Device.dots(of: try await device.json("cart")).count == 1)
        _ = try await device.json("pay", "--yes", "--card", "sb_visa_4242")
    }

    @Test("organic and conventional are two articles, and 8 in front is none")
    func organic() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let mango = try await device.json("add", "4959", "--qty", "1")
        #expect(mango["line"]?["sku"] == .string("plu:4959"))
        try await device.refuses(["add", "84959", "--qty", "1"], status: 65, code: "reservedPLU")
        // Lemons are sold only as conventional, and 94053 does not fall back on them.
        try await device.refuses(["add", "94053", "--qty", "1"], status: 65, code: "unknownPLU")
        _ = try await device.json("add", "4053", "--qty", "1")
    }

    @Test("how many or how heavy must be said")
    func measure() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        try await device.refuses(["add", "4959"], status: 65, code: "countNeeded")
        try await device.refuses(["add", "4011"], status: 65, code: "weightNeeded")
        let bananas = try await device.json("add", "4011", "--grams", "742")
        #expect(bananas["line"]?["grams"] == .integer(742))
        let piped = try await device.tote("scan", "-", input: "4959\n94959\n4012345000016\n")
        #expect(piped.status == 65)
        #expect(piped.err.contains("countNeeded") && piped.err.contains("ambiguous"))
        #expect(Device.scans(in: try await device.json("cart")) == 2)
    }

    @Test("at the prompt the next entry answers; another entry drops the question")
    func prompt() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let entries = [
            "94959", "2", "3",  // the second of them, three pieces
            "94959", "7",  // there is no seventh
            "4011", "742 g",
            "4959", "4012345000016",  // another code: the question is dropped
            "3",  // no line is meant, and no question is open
            "quit",
        ]
        let outcome = try await device.tote(
            "shop", input: entries.joined(separator: "\n") + "\n")
        #expect(outcome.status == 0)
        #expect(outcome.err.contains("2 articles have this code"), "\(outcome.err)")
        #expect(outcome.err.contains("no answer"), "\(outcome.err)")
        let cart = try await device.json("cart")
        guard case .array(let lines)? = cart["lines"] else { return }
        #expect(lines.count == 3, "\(cart.canonicalText)")
        #expect(lines.first?["sku"] == .string(Self.keitt))
        #expect(lines.first?["pieces"] == .integer(3))
        #expect(lines.dropFirst().first?["grams"] == .integer(742))
    }
}
