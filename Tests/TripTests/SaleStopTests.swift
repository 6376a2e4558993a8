import Foundation
import Testing
import ToteValues

/// What may not be sold now stops at the scan, and nothing of it is recorded (2.8).
@Suite("What stands against a sale", .enabled(if: Program.areBuilt), .serialized)
struct SaleStopTests {
    private static let wine = "(01)04012345000023"

    /// Refused with this code and a way out; no operation is kept that could be sent.
    private func stops(
        _ device: Device, _ words: [String], _ code: String, mend: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try await device.json("cart")["unsent"]
        try await device.refuses(words, status: 65, code: code, sourceLocation: sourceLocation)
        #expect(
            try await device.json("cart")["unsent"] == before, "\(words)",
            sourceLocation: sourceLocation)
        let told = try await Program.tote.run(words, environment: device.environment)
        #expect(told.err.contains(mend), "\(told.err)", sourceLocation: sourceLocation)
    }

    @Test("goods past their expiry are stopped, past their sell-by asked about, else sold")
    func expired() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "\(Self.wine)(17)400101")
        try await stops(device, ["add", "\(Self.wine)(17)200101"], "expired", mend: "staff")
        try await stops(device, ["add", "\(Self.wine)(7003)2001012359"], "expired", mend: "staff")
        let late = "\(Self.wine)(16)200101"
        try await stops(device, ["add", late], "sellByPassed", mend: "--confirm sellByPassed")
        _ = try await device.json("add", late, "--confirm", "sellByPassed")
        _ = try await device.json("add", "\(Self.wine)(15)200101")
        try await device.refuses(
            ["add", "\(Self.wine)(17)200101", "--confirm", "expired"], status: 65, code: "expired")
        #expect(Device.scans(in: try await device.json("cart")) == 3)
    }

    @Test("one serial number is one piece: again, from another picture or by its line, it is not")
    func serial() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let sample = Program.sample("gs1-128-coffee-serial.png")
        _ = try await device.json("scan", "--add", sample)
        try await device.refuses(["scan", "--add", sample], status: 65)
        let again = try await device.tote("scan", sample)
        #expect(again.err.contains("alreadyInCart") && again.err.contains("Nothing was added"))
        try await device.refuses(["set", "1", "2"], status: 65, code: "alreadyInCart")
        #expect(try await device.json("cart")["unsent"] == .integer(1))
        _ = try await device.json("remove", "1")
        _ = try await device.json("scan", "--add", sample)
        _ = try await device.json("add", "4012345000016")
        #expect(Device.scans(in: try await device.json("cart")) == 2)
    }

    @Test("two pieces of one serial number need two numbers")
    func serialTwice() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let coffee = "(01)04012345000016(21)"
        try await device.refuses(["add", coffee + "A", "--qty", "2"], status: 64)
        _ = try await device.json("add", coffee + "A")
        _ = try await device.json("add", coffee + "B")
        try await stops(device, ["add", coffee + "B"], "alreadyInCart", mend: "another")
    }

    @Test("a recalled lot is stopped on the device and in the store", .timeLimit(.minutes(2)))
    func recall() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("add", "\(Self.wine)(10)L7")
        _ = try await device.json("sync")
        _ = await store.killed()
        let recall = try await Program.store.run([
            "recall", "4012345000023", "--lot", "L7", "--reason", "may hold glass",
            "--folder", store.folder.path + "/store",
        ])
        #expect(recall.status == 0, "\(recall.err)")
        #expect(recall.text.contains("1 recalls, catalogue 2"), "\(recall.text)")
        let again = try await store.restarted()
        _ = try await device.json("sync")
        try await device.refuses(["pay", "--yes", "--card", "sb_visa_4242"], status: 65)
        _ = try await device.json("add", "4012345000030")
        let cart = try await device.json("cart")
        guard case .array(let lines)? = cart["lines"], lines.count == 1 else {
            Issue.record("\(cart.canonicalText)")
            return
        }
        // What waits is named by its code, has a number after the lines, and goes alone.
        #expect(cart["waiting"] == .strings(["\(Self.wine)(10)L7"]), "\(cart.canonicalText)")
        let shown = try await device.tote("cart")
        #expect(shown.text.contains("  2  (01)04012345000023(10)L7"), "\(shown.text)")
        let left = try await device.json("remove", "2")
        #expect(left["waiting"] == .strings([]) && left["total"] == cart["total"])
        _ = try await device.json("remove", "1")
        try await stops(device, ["add", "\(Self.wine)(10)L7"], "recalled", mend: "staff")
        try await stops(device, ["add", "4012345000023"], "checkLot", mend: "L7")
        _ = try await device.json("add", "\(Self.wine)(10)L8")
        _ = try await device.json("add", "4012345000023", "--confirm", "checkLot")
        _ = try await device.json("set", "1", "3")
        _ = try await device.json("pay", "--yes", "--card", "sb_visa_4242")
        _ = again
    }

    @Test("a recalled article is stopped by whatever number it goes", .timeLimit(.minutes(2)))
    func recallOfProduce() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let mango = ["add", "94959", "--article", "04012345005103", "--qty", "1"]
        _ = try await device.json("add", "94959", "--article", "04012345005103", "--qty", "1")
        _ = try await device.json("sync")
        _ = await store.killed()
        _ = try await Program.store.run([
            "recall", "4012345005103", "--folder", store.folder.path + "/store",
        ])
        let again = try await store.restarted()
        _ = try await device.json("sync")
        let cart = try await device.json("cart")
        #expect(cart["waiting"] == .strings(["94959"]), "\(cart.canonicalText)")
        try await device.refuses(mango, status: 65, code: "saleStopped")
        let left = try await device.json("remove", "94959")
        #expect(left["waiting"] == .strings([]))
        _ = again
    }

    @Test("recalls are listed, replaced and lifted, and nonsense is refused")
    func recallCommand() async throws {
        let store = try await DemoStore.start()
        _ = await store.killed()
        let folder = ["--folder", store.folder.path + "/store"]
        let run = { (words: [String]) in
            try await Program.store.run(["recall"] + words + folder)
        }
        #expect(try await run([]).text == "0 recalls, catalogue 1\n")
        _ = try await run(["4012345000016", "--lot", "A"])
        let replaced = try await run(["4012345000016", "--lot", "B"])
        #expect(replaced.text == "04012345000016  lots B\n1 recalls, catalogue 3\n")
        #expect(try await run(["4012345000016", "--lift"]).text == "0 recalls, catalogue 4\n")
        for bad in [["4012345000017"], ["--lot", "A"], ["4012345000016", "--lot", "a b"]] {
            #expect(try await run(bad).status == 64, "\(bad)")
        }
        let nowhere = try await Program.store.run(["recall", "--folder", "nowhere"])
        #expect(nowhere.status == 66)
    }

    @Test("packs and shipping labels are no sale units")
    func units() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        try await stops(
            device, ["add", "14012345000013"], "notASaleUnit", mend: "Scan the article")
        try await stops(
            device, ["add", "(00)006141411234567890"], "notASaleUnit", mend: "Scan the article")
    }

    @Test("a coupon counts once, and not when it is over")
    func coupon() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let coupon = "(8110)106141416543213150110120"
        try await device.refuses(["add", coupon], status: 65, code: "wrongPurpose")
        _ = try await device.json("offers", "--clip", coupon)
        try await stops(device, ["offers", "--clip", coupon], "alreadyApplied", mend: "once")
        try await stops(device, ["add", coupon], "alreadyApplied", mend: "once")
        try await stops(
            device, ["offers", "--clip", coupon + "3200101"], "couponExpired", mend: "today")
        try await stops(
            device, ["offers", "--clip", "512345678900"], "legacyCouponNeedsStore", mend: "staff")
        _ = try await device.json("offers", "--clip", "WELCOME")
        try await stops(device, ["offers", "--clip", "WELCOME"], "alreadyApplied", mend: "once")
    }
}
