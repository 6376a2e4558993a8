import Foundation
import Testing
import ToteValues

@Suite("A trip at the prompt", .enabled(if: Program.areBuilt), .serialized)
struct ShopTests {
    @Test("a guest shops, corrects, pays with a card and gets a pass, line by line from a pipe")
    func guest() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let entries = [
            "4012345000016", "photo \(Program.sample("databar-expanded-cheese-750g.png"))",
            "4012345000115", "=3", "+", "-", "=0", "=1000", "=1e3", "4012345000017",
            "photo \(Program.sample("two-products.png"))", "find olives", "offers", "rm 1", "cart",
            "pay newCard:rest", "sb_visa_4242", "y", "receipt", "pass", "help", "quit",
        ]
        let outcome = try await device.tote(
            "shop", input: entries.joined(separator: "\n") + "\n")
        #expect(outcome.status == 0, "\(outcome.err)")
        for words in ["3 yoghurts for 1.50", "Olives", "Card", "EXIT PASS", "tote receipt verify"] {
            #expect(outcome.text.contains(words), "\(words): \(outcome.text) \(outcome.err)")
        }
        for code in ["quantityOutOfRange", "checkDigit", "multipleSymbols"] {
            #expect(outcome.err.contains(code), "\(code): \(outcome.err)")
        }
        #expect(outcome.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(!outcome.out.contains(0x1B))
    }

    @Test("a declined card leaves a cart that can be opened again")
    func declined() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        let before = try await device.json("cart")
        let pay = try await device.tote("pay", "--yes", "--card", "sb_visa_0002", "--json")
        #expect(pay.status == 65, "\(pay.err)")
        let blocked = try await device.tote("add", "4012345000030", "--json")
        #expect(blocked.refusal == "paymentUnderWay", "\(blocked.err)")
        let back = try await device.tote("pay", "--give-up", "--json")
        #expect(back.status == 0, "\(back.err)")
        _ = try await device.json("add", "4012345000030")
        _ = try await device.json("remove", "2")
        #expect(try await device.json("cart")["total"] == before["total"])
    }

    @Test("a tender that the store refuses leaves the cart open and as it was")
    func refusedTender() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "4012345000016")
        _ = try await device.json("sync")
        let giftCard = ["giftCard:100,newCard:rest", "--gift-card", "x", "--card", "sb_visa_4242"]
        for plan in [["bogus:rest"], giftCard] {
            try await device.refuses(["pay", "--yes", "--split"] + plan, status: 65)
            #expect(try await device.json("cart")["state"] == .string("open"), "\(plan)")
        }
        _ = try await device.json("add", "4012345000030")
    }

    @Test("minus stops at the line it means, and what goes is named")
    func minus() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let outcome = try await device.tote(
            "shop", input: "4012345000108\n4012345000030\n-\n-\n4012345000115\nrm 1\n+\n")
        #expect(outcome.text.contains("Taken out: Milk chocolate 100 g"), "\(outcome.text)")
        #expect(outcome.text.contains("Taken out: Tea 20 bags"), "\(outcome.text)")
        #expect(outcome.text.contains("2 × 0.59"), "\(outcome.text)")
        #expect(outcome.err.contains("[noLine]"), "\(outcome.err)")
        #expect(try await device.json("cart")["total"] == .integer(118))
    }

    @Test("words that are no entry and endless lines are refused with the way to help")
    func unknownEntries() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let outcome = try await device.tote(
            "shop",
            input: "clear\n\u{1B}[2J\n\(String(repeating: "4", count: 9000))\nclip X\nhelp\n")
        #expect(outcome.status == 0)
        for code in ["unknownEntry", "lineTooLong", "Type help"] {
            #expect(outcome.err.contains(code), "\(code): \(outcome.err)")
        }
        #expect(!outcome.err.utf8.contains(0x1B))
        #expect(outcome.err.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(Device.dots(of: try await device.json("cart")).isEmpty)
    }

    @Test("the end of input leaves quietly, the cart stays")
    func endOfInput() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let outcome = try await device.tote("shop", "--json", input: "4012345000016")
        #expect(outcome.status == 0)
        #expect(try outcome.json()["lines"] != nil)
        #expect(Device.dots(of: try await device.json("cart")).count == 1)
    }
}
