import Foundation
import Testing
import ToteValues

@Suite("Learning a label template at the terminal", .enabled(if: Program.areBuilt))
struct TemplateCommandTests {
    private static let csv = """
        code,item,value
        2812346005001,1234,0.500 kg
        2812347012503,1234,1.250 kg
        2856787000959,5678,95 g
        2856786023102,5678,2.310 kg
        2800426007779,0042,777 g
        2856785001009,5678,100 g
        """

    private func learn(_ text: String, _ options: [String] = []) async throws -> Outcome {
        try await Program.store.run(["template", "learn", "-"] + options, input: text)
    }

    @Test("the readings stand beside the labels, and the evidence below")
    func decided() async throws {
        let outcome = try await learn(Self.csv.replacing("2856785001009", with: Self.sixth))
        #expect(outcome.status == 0, "\(outcome.text)\(outcome.err)")
        #expect(
            outcome.text == """
                28{code:4}{i}{embed:5}{ec}  weight in g

                line  label          item  article   value
                   2  2812346005001  1234  1234      500 g
                   3  2812347012503  1234  1234     1250 g
                   4  2856787000959  5678  5678       95 g
                   5  2856786023102  5678  5678     2310 g
                   6  2800426007779  0042  0042      777 g
                   7  \(Self.sixth)  5678  5678      100 g

                6 labels agree: 3 articles, 6 values.
                All 6 inner check digits {i} are right.
                All 6 check digits {ec} are right.
                The items are the articles' numbers.

                """)
    }

    /// 5678 with 100 g.
    private static let sixth = "2856781001006"

    @Test("a label with a wrong check digit is named by its line, exit 65")
    func wrongLabel() async throws {
        let outcome = try await learn(Self.csv)
        #expect(outcome.status == 65)
        #expect(outcome.text.hasPrefix("Line 7 contradicts the others."), "\(outcome.text)")
        #expect(outcome.text.contains("its check digit"))
        let json = try await learn(Self.csv, ["--json"]).json()
        #expect(json["result"] == .string("impossible"))
        #expect(json["lines"] == .array([.integer(7)]))
    }

    @Test("too little to decide names the label that would help, exit 65")
    func undecided() async throws {
        let few = Self.csv.split(separator: "\n").prefix(4).joined(separator: "\n")
        let outcome = try await learn(few)
        #expect(outcome.status == 65)
        #expect(outcome.text.contains("Add labels with other values"), "\(outcome.text)")
        let json = try await learn(few, ["--json"]).json()
        #expect(json["askFor"] == .string("otherValues"))
    }

    @Test(
        "a file that is none exits 65 or 66 and says where",
        arguments: [
            ("code,item,value\n2812346005001,1234,half a kilo\n", 65, "line 2, column value"),
            ("code;item;value\n", 65, "line 1"), ("", 65, "no labels"),
            ("code,value\n2812346005001,500 g\n", 65, "3 to 64"),
            ("code,value\n28\u{1B}[2J,500 g\n", 65, "column code"),
        ] as [(String, Int32, String)])
    func badFiles(text: String, status: Int32, words: String) async throws {
        let outcome = try await learn(text)
        #expect(outcome.status == status)
        #expect(outcome.out.isEmpty)
        #expect(outcome.err.contains(words), "\(outcome.err)")
        #expect(!outcome.err.utf8.contains(0x1B))
    }

    @Test("wrong use exits 64, a missing file 66")
    func wrongUse() async throws {
        let unconfirmed = try await learn(Self.csv, ["--save"])
        #expect(unconfirmed.status == 64)
        #expect(unconfirmed.err.contains("--yes"))
        #expect(try await learn(Self.csv, ["--priority", "1001"]).status == 64)
        let missing = try await Program.store.run(["template", "learn", "/nowhere/labels.csv"])
        #expect(missing.status == 66)
        let help = try await Program.store.run(["template", "learn", "--help"])
        #expect(help.text.contains("Example"))
    }

    @Test("a confirmed template is saved in the store and listed; a rival is refused")
    func saved() async throws {
        let home = try TemporaryFolder()
        let folder = home.path + "/store"
        let text = Self.csv.replacing("2856785001009", with: Self.sixth)
        let none = try await learn(text, ["--save", "--yes", "--folder", folder])
        #expect(none.status == 66)
        #expect(!FileManager.default.fileExists(atPath: folder))

        let articles = home.path + "/articles.csv"
        try "codes,name,unit,price,tax\n4012345000016,Oats,piece,1.29,food\n".write(
            toFile: articles, atomically: false, encoding: .utf8)
        let made = try await Program.store.run(["import", articles, "--folder", folder])
        #expect(made.status == 0, "\(made.err)")
        // A new store begins with German labels, which read these alike.
        let saved = try await learn(text, ["--save", "--yes", "--folder", folder])
        #expect(saved.status == 0, "\(saved.err)")
        let listed = try await Program.store.run(["template", "list", "--folder", folder])
        #expect(listed.text.contains("own-28"), "\(listed.text)")

        let prices = zip(
            text.split(separator: "\n").dropFirst(),
            ["5.00", "12.50", "0.95", "23.10", "7.77", "1.00"]
        ).map { line, price in
            line.split(separator: ",").dropLast().joined(separator: ",") + ",\(price) EUR"
        }
        let rival = try await learn(
            "code,item,value\n" + prices.joined(separator: "\n"),
            ["--save", "--yes", "--folder", folder, "--id", "price"])
        #expect(rival.status == 65)
        #expect(rival.err.contains("rivalTemplates"), "\(rival.err)")
        #expect(rival.err.contains("de-28"), "\(rival.err)")
        let again = try await learn(
            text, ["--save", "--yes", "--folder", folder, "--id", "deli", "--priority", "20"])
        #expect(again.status == 0)
        let json = try await Program.store.run(
            ["template", "list", "--json", "--folder", folder]
        ).json()
        guard case .array(let templates) = json else {
            Issue.record("no list: \(json)")
            return
        }
        #expect(templates.last?["id"] == .string("deli"))
        #expect(templates.last?["priority"] == .integer(20))
        let articlesAfter = try await Program.store.run(["import", articles, "--folder", folder])
        #expect(articlesAfter.text.contains("catalogue 5"), "\(articlesAfter.text)")
    }

    @Test("a template is tried part by part")
    func tried() async throws {
        let template = "28{code:4}{i}{embed:5}{ec}"
        let fits = try await Program.store.run(["template", "try", template, "2812346005001"])
        #expect(fits.status == 0)
        #expect(fits.text.contains("{code:4}   1234"), "\(fits.text)")
        let wrong = try await Program.store.run(["template", "try", template, "2812345005002"])
        #expect(wrong.status == 65)
        #expect(wrong.text.contains("is 5, right would be 6"))
        let broken = try await Program.store.run(["template", "try", "28{code:0}", "28"])
        #expect(broken.status == 65)
        #expect(broken.err.contains("character"), "\(broken.err)")
    }
}
