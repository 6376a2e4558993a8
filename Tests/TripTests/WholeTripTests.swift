import Foundation
import Testing
import ToteValues

@Suite("A whole trip against the demo store", .enabled(if: Program.areBuilt), .serialized)
struct WholeTripTests {
    @Test(
        "photographs, offers, a dead store, two tenders, one way out", .timeLimit(.minutes(3)))
    func trip() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        try await device.signIn(at: store.url)
        #expect(try await device.json("whoami")["name"] == .string("Ada"))

        for picture in ["ean13-coffee.png", "price-22-salad-2.39.png", "qr-link-coffee.png"] {
            _ = try await device.json("scan", "--add", Program.sample(picture))
        }
        _ = try await device.json("add", "4012345000115", "--qty", "3")
        let offers = try await device.json("offers")
        guard case .array(let applied)? = offers["applied"] else { return }
        #expect(applied.count >= 2)

        #expect(await store.killed() == 137)
        _ = try await device.json("add", "4012345000030")
        let offline = try await device.json("cart")
        #expect(offline["unsent"] != .integer(0))
        let back = try await store.restarted()
        #expect(try await device.json("sync")["unsent"] == .array([]))
        let cart = try await device.json("cart")
        #expect(cart["total"] == offline["total"])

        try await leave(device, cart: cart, store: back)
    }

    private func leave(_ device: Device, cart: JSONValue, store: DemoStore) async throws {
        let payment = try await device.json(
            "pay", "--yes", "--split", "giftCard:500,cardOnFile:rest", "--gift-card",
            "gc-1")
        #expect(payment["state"] == .string("captured"))
        #expect(payment["total"] == cart["total"])
        #expect(payment["captured"] == cart["total"])
        let signed = try await device.json("receipt")
        #expect(signed["receipt"]?["totals"]?["total"] == cart["total"])
        try await verify(signed, store: store)
        let pass = try await device.json("exit")
        guard case .string(let text)? = pass["pass"] else {
            Issue.record("no pass")
            return
        }
        #expect(text.utf8.count == 153)
        let screen = try await device.tote("pass")
        #expect(screen.text.contains("EXIT PASS"))
        #expect(screen.text.split(separator: "\n").count <= 24)
        #expect(screen.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    /// The receipt as it is, and with one cent less.
    private func verify(_ signed: JSONValue, store: DemoStore) async throws {
        let folder = try TemporaryFolder()
        let keys = folder.path + "/keys.json"
        try await Browser(store: store.url).get("/v1/keys")
            .write(toFile: keys, atomically: false, encoding: .utf8)
        let genuine = folder.path + "/receipt.json"
        try signed.canonicalText.write(toFile: genuine, atomically: false, encoding: .utf8)
        let good = try await Program.tote.run(["receipt", "verify", genuine, "--keys", keys])
        #expect(good.status == 0, "\(good.err)")
        guard case .integer(let total)? = signed["receipt"]?["totals"]?["total"] else { return }
        let forged = folder.path + "/forged.json"
        try signed.canonicalText.replacing("\"total\":\(total)", with: "\"total\":\(total - 1)")
            .write(toFile: forged, atomically: false, encoding: .utf8)
        let bad = try await Program.tote.run(["receipt", "verify", forged, "--keys", keys])
        #expect(bad.status == 65)
    }
}
