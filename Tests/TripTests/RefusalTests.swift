import Foundation
import Testing
import ToteValues

@Suite("What is refused leaves the cart as it was", .enabled(if: Program.areBuilt), .serialized)
struct RefusalTests {
    /// Words after `tote`, exit code, code of the refusal where it is printed alone.
    static let refusals: [([String], Int32, String?)] = [
        (["add", "4012345999990"], 65, "unknownCode"),
        (["add", "4012345000017"], 65, "checkDigit"),
        (["add", "abc"], 65, nil),
        (["add", ""], 65, nil),
        (["add", String(repeating: "9", count: 600)], 65, nil),
        (["add", "99999"], 65, nil),
        (["add", "4011"], 65, nil),
        (["set", "7", "2"], 65, "lineNotFound"),
        (["set", "1", "1e3"], 64, "usage"),
        (["remove", "7"], 65, "lineNotFound"),
        (["pay", "--card", "sb_visa_4242"], 64, "confirmationNeeded"),
        (["exit"], 65, nil),
        (["receipt"], 65, nil),
        (["pay", "--yes"], 64, "cardNeeded"),
        (["pay", "--yes", "--card", "4242424242424242"], 65, nil),
        (
            ["pay", "--yes", "--split", "giftCard:100,newCard:rest", "--card", "sb_visa_4242"], 65,
            "unknownTender"
        ),
        (
            [
                "pay", "--yes", "--split", "giftCard:600,newCard:rest", "--gift-card", "gc-3",
                "--card", "sb_visa_4242",
            ], 65, nil
        ),
        (["lookup", "zzzzzz"], 65, "nothingFound"),
        (["lookup", "https://id.gs1.org/01/04012345000016?10=a&10=b"], 65, nil),
        (["scan", "--add", Program.sample("no-code-gravel.jpg")], 65, nil),
        (["scan", "--add", Program.sample("broken-cut.jpg")], 65, nil),
        (["scan", "--add", Program.sample("broken-huge.png")], 65, nil),
        (["scan", "--add", Program.sample("two-products.png")], 65, nil),
        (["scan", "--add", Program.sample("qr-exit-pass.png")], 65, nil),
        (["scan", "--add", Program.sample("code128-member-card.png")], 65, nil),
        (["scan", "--add", Program.sample("itf14-case.png")], 65, nil),
    ]

    @Test("every bad input has its exit code", .timeLimit(.minutes(5)))
    func table() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016", "--qty", "2")
        for (words, status, code) in Self.refusals {
            try await device.refuses(words, status: status, code: code)
        }
    }

    @Test("a coupon that only the store can judge leaves the cart as it was, fifty times over")
    func oldCoupon() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        let before = try await device.json("cart")
        let coupon = String(repeating: "9912345678909\n", count: 50)
        let outcome = try await device.tote("scan", "-", input: coupon)
        #expect(outcome.status == 65)
        #expect(outcome.err.components(separatedBy: "[legacyCouponNeedsStore]").count == 51)
        #expect(outcome.err.contains("coupon"))
        #expect(try await device.json("cart") == before)
    }

    @Test("a coupon handed in as an article leaves the cart as it was, fifty times over")
    func coupon() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        let before = try await device.json("cart")
        let line = "(8110)106141416543213150110120\n"
        let outcome = try await device.tote(
            "scan", "-", input: String(repeating: line, count: 50))
        #expect(outcome.status == 65)
        #expect(outcome.err.components(separatedBy: "[wrongPurpose]").count == 51)
        #expect(outcome.err.contains("coupon"))
        #expect(try await device.json("cart") == before)
    }

    @Test("a link of any host is a code to look up, not words")
    func link() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let found = try await device.json("lookup", "https://shop.example/01/04012345000016")
        guard case .array(let items) = found else {
            Issue.record("no array")
            return
        }
        #expect(items.first?["sku"] == .string("04012345000016"))
    }

    @Test("an unreachable store is no reason to stop scanning, only to stop paying")
    func unreachable() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        _ = await store.killed()
        _ = try await device.json("add", "4012345000030")
        let cart = try await device.json("cart")
        #expect(cart["unsent"] == .integer(2))
        try await device.refuses(["pay", "--yes", "--card", "sb_visa_4242"], status: 69)
        _ = try await device.json("lookup", "coffee")
    }

    @Test("foreign text never moves the cursor", .timeLimit(.minutes(1)))
    func foreignText() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let outcome = try await device.tote("explain", "\u{1B}[2J\u{202E}4012345000016")
        #expect(!outcome.out.contains(0x1B))
        #expect(!outcome.text.unicodeScalars.contains("\u{202E}"))
        #expect(!outcome.err.utf8.contains(0x1B))
    }

    @Test("codes come from a pipe, one a line, and one bad line does not stop the next")
    func pipe() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let outcome = try await device.tote(
            "scan", "-", input: "4012345000016\r\n4012345000017\n4012345000030\n")
        #expect(outcome.status == 65)
        guard case .array(let lines)? = try await device.json("cart")["lines"] else { return }
        #expect(lines.count == 2)
    }
}
