import Foundation
import Testing
import ToteValues

/// `tote explain` word for word. After a wanted change write the file anew:
/// `TOTE_RECORD=1 swift test --filter ExplanationTests`, and read what `git diff` shows.
@Suite("Explanations", .enabled(if: Program.areBuilt), .serialized)
struct ExplanationTests {
    private static let file = Program.repository + "/Tests/explanations.txt"

    /// Codes that fail, each in another way, as they are typed.
    static let codes: [(code: String, what: String)] = [
        ("4012435000016", "two digits swapped; one repair is sold here"),
        ("]E04012345000116", "a digit misread by a scanner"),
        ("4006318333931", "two digits swapped; nothing like it is sold here"),
        ("40123450001", "two digits left out"),
        ("40123450000l6", "a letter for a digit"),
        ("４０１２３４５０００１６", "digits that are none"),
        ("5901234123457", "right, and not sold here"),
        ("2412345678901", "a number for use inside another store"),
        ("2812347005000", "a weight label whose inner check digit is wrong"),
        ("2212340000000", "a price label with the price 0"),
        ("14012345000013", "a carton of the article"),
        ("01234565", "eight digits that are two numbers"),
        ("(01)04012345000017(10)L7", "a wrong check digit inside a GS1 code"),
        ("(01)04012345000023(17)260231", "a day that does not exist"),
        ("(01)04012345000023(17)200101", "past its expiry"),
        ("(01)04012345000016(235)A(21)1", "elements that exclude each other"),
        ("(10)L7(17)271231", "a lot of nothing"),
        (
            "]C1010401234500002310L7ABCDEFGHIJKLMNOPQR21S99B",
            "a separator missing, with several places for it"
        ),
        ("https://shop.example/01/04012345000016?10=L7", "a link with its lot in the wrong place"),
        ("(00)006141411234567890", "a shipping label"),
        ("(8110)1061414165432131501101203200101", "a coupon that is over"),
        ("512345678900", "an old coupon"),
        ("M-20417358", "a membership card"),
        ("94959", "produce of one number, two articles"),
        ("84959", "a produce number that is kept free"),
        ("https://example.com/win", "a link to somewhere"),
    ]

    @Test("are as they are written down", .timeLimit(.minutes(2)))
    func golden() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        var captures: [String] = []
        for (code, what) in Self.codes {
            let outcome = try await device.tote("explain", code)
            #expect(outcome.status == 0, "\(code): \(outcome.err)")
            #expect(outcome.text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(code)")
            captures.append("# \(what)\n$ tote explain '\(code)'\n\(outcome.text)")
        }
        let text = captures.joined(separator: "\n")
        if ProcessInfo.processInfo.environment["TOTE_RECORD"] != nil {
            try text.write(toFile: Self.file, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOfFile: Self.file, encoding: .utf8)
        for (now, then) in zip(
            text.components(separatedBy: "\n# "), written.components(separatedBy: "\n# "))
        {
            #expect(now == then)
        }
        #expect(text.count == written.count)
    }

    @Test("have the same fields for programs, whatever the code")
    func json() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let swapped = try await device.json("explain", "4012435000016")
        guard case .array(let repairs)? = swapped["repairs"] else {
            Issue.record("no repairs")
            return
        }
        #expect((1...3).contains(repairs.count))
        #expect(repairs.first?["code"] == .string("4012345000016"))
        #expect(repairs.first?["kind"] == .string("transposition"))
        #expect(repairs.first?["listed"] == .bool(true))
        #expect(swapped["error"]?["code"] == .string("checkDigit"))
        guard case .array(let parts)? = swapped["parts"] else { return }
        let names = parts.compactMap { $0["part"] }
        #expect(
            names
                == ["source", "number", "prefix", "company", "checkDigit"].map { .string($0) })
        for (code, _) in Self.codes + [("4012345000016", "")] {
            let value = try await device.json("explain", code)
            for name in ["code", "parts", "candidates", "findings", "repairs"] {
                #expect(value[name] != nil, "\(code): \(name)")
            }
        }
        #expect(Device.dots(of: try await device.json("cart")).isEmpty, "nothing is applied")
    }

    @Test("show a card by its ends only, in words and for programs")
    func redacted() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        for words in [["explain", "M-20417358"], ["explain", "M-20417358", "--json"]] {
            let outcome = try await Program.tote.run(words, environment: device.environment)
            #expect(!outcome.text.contains("20417"), "\(outcome.text)")
            #expect(outcome.text.contains("M-…58"))
        }
    }
}
