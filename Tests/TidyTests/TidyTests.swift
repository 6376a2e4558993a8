import Testing

@Suite("The house")
struct TidyTests {
    @Test("there are sources to look at")
    func sources() {
        #expect(SourceTree.swift.count > 40)
        #expect(SourceTree.swift.contains { $0.path == "Sources/ToteValues/Money.swift" })
        #expect(TripOrder.targets(SourceTree.package).contains("ToteBarcodes"))
    }

    @Test("every file keeps the rules of the house", arguments: HouseRules.all.map(\.name))
    func rules(name: String) throws {
        let rule = try #require(HouseRules.all.first { $0.name == name })
        let files = name == HouseRules.machinePaths.name ? SourceTree.texts : SourceTree.swift
        let violations = files.flatMap(rule.violations)
        #expect(violations.isEmpty, "\(name):\n\(violations.joined(separator: "\n"))")
    }

    @Test("targets stand in the order of the trip")
    func order() {
        let order = TripOrder.targets(SourceTree.package)
        let trip = [
            "ToteValues", "ToteStorage", "TotePictures", "ToteDecoding", "ToteBarcodes",
            "ToteCatalogue", "ToteCarts", "ToteOffers", "TotePayments", "ToteExits", "ToteSync",
            "Tote", "ToteStore", "ToteCommand",
        ]
        #expect(order.filter(trip.contains) == trip)
    }
}

/// Each rule finds what it is for, and nothing in what only looks like it.
@Suite("The rules themselves")
struct RuleTests {
    private func finds(
        _ rule: TidyRule, _ text: String, path: String = "Sources/ToteCarts/Cart.swift"
    ) -> Bool {
        !rule.violations(SourceFile(path: path, text: text)).isEmpty
    }

    @Test(
        "time, identifiers and chance outside World are found",
        arguments: [
            "let now = Date()", "let id = UUID()", "let n = Int.random(in: 0...9)",
            "var g = SystemRandomNumberGenerator()", "items.shuffled()", "if Date.now > end {",
        ])
    func world(text: String) {
        #expect(finds(HouseRules.world, text))
        #expect(!finds(HouseRules.world, text, path: "Sources/ToteValues/World.swift"))
        #expect(!finds(HouseRules.world, "// " + text))
        #expect(!finds(HouseRules.world, "let text = \"\(text)\""))
    }

    @Test("chance from a generator that is passed in is fine")
    func generator() {
        #expect(!finds(HouseRules.world, "let n = Int.random(in: 0...9, using: &generator)"))
        #expect(!finds(HouseRules.world, "let day = CalendarDate()"))
    }

    @Test("printing is the terminal's")
    func printing() {
        #expect(finds(HouseRules.printing, "    print(\"x\")"))
        #expect(!finds(HouseRules.printing, "print(\"x\")", path: "CLI/tote/main.swift"))
        #expect(!finds(HouseRules.printing, "footprint(x)"))
    }

    @Test("leftover notes are found in comments only", arguments: ["TODO", "FIXME", "XXX"])
    func leftovers(word: String) {
        #expect(finds(HouseRules.leftovers, "let a = 1  // \(word): later"))
        #expect(!finds(HouseRules.leftovers, "let currency = \"\(word)\""))
        #expect(!finds(HouseRules.leftovers, "// \(word)\(word)-1"))
    }

    @Test(
        "traps and forced casts are found",
        arguments: ["fatalError(\"x\")", "let a = try! f()", "let b = c as! D"])
    func traps(text: String) {
        #expect(finds(HouseRules.traps, text))
        #expect(!finds(HouseRules.traps, "// " + text))
    }

    @Test("a force unwrap is found, a negation is not")
    func unwraps() {
        for text in ["a!.b", "let x = y!", "f()!", "a[0]!", "var v: View!"] {
            #expect(finds(HouseRules.casts, text), "\(text)")
        }
        for text in [
            "!a", "a != b", "if !isOpen {", "guard !list.isEmpty", "\"x!\"", "return !done",
        ] {
            #expect(!finds(HouseRules.casts, text), "\(text)")
        }
    }

    @Test("imports against the trip are found")
    func imports() {
        let rule = HouseRules.imports(order: ["ToteValues", "ToteCarts", "ToteSync"])
        #expect(finds(rule, "public import ToteSync"))
        #expect(finds(rule, "@preconcurrency import ToteSync"))
        #expect(finds(rule, "import ToteCarts"))
        #expect(!finds(rule, "import ToteValues"))
        #expect(!finds(rule, "import Crypto"))
    }

    @Test("long files and long lines are found")
    func lengths() {
        #expect(finds(HouseRules.fileLength, String(repeating: "\n", count: 401)))
        #expect(!finds(HouseRules.fileLength, String(repeating: "\n", count: 400)))
        #expect(finds(HouseRules.lineLength, String(repeating: "a", count: 101)))
        #expect(!finds(HouseRules.lineLength, String(repeating: "é", count: 100)))
    }

    @Test("unchecked sendability is allowed at a C door only")
    func unchecked() {
        let text = "final class A: @unchecked Sendable {}"
        #expect(finds(HouseRules.unchecked, text))
        #expect(!finds(HouseRules.unchecked, "import CZBar\n" + text))
        #expect(finds(HouseRules.unchecked, "import Crypto\n" + text))
    }

    @Test("names that name nothing are found")
    func names() {
        #expect(finds(HouseRules.names, "public final class CartManager {"))
        #expect(finds(HouseRules.names, "enum Helpers {"))
        #expect(!finds(HouseRules.names, "struct Cart {"))
    }

    @Test("what may not be inferred has no name")
    func inference() {
        for text in [
            "struct FaceTemplate {", "let ageEstimate: Int", "case ethnicity", "var gaze_point = 1",
            "func readEmotion()", "case surface, face",
        ] { #expect(finds(HouseRules.inference, text), "\(text)") }
        for text in [
            "protocol Interface {", "let minimumAge: Int", "var surface = 1", "let page = 1",
            "// no face", "let moodSelfReport: Bool",
        ] { #expect(!finds(HouseRules.inference, text), "\(text)") }
        #expect(
            !finds(
                HouseRules.inference, "case gaze",
                path: "Sources/TotePrivacy/DroppedSignalClass.swift"))
    }

    @Test("paths of one machine are found")
    func paths() {
        for root in ["work", "home", "Users", "root"] {
            #expect(finds(HouseRules.machinePaths, "let a = \"/\(root)/x\""))
        }
        #expect(!finds(HouseRules.machinePaths, "let a = \"/etc/passwd\""))
    }

    @Test("a table without STRICT is found")
    func tables() {
        let create = "CREATE TABLE"
        #expect(finds(HouseRules.strictTables, "\(create) a (b INTEGER CHECK (b > 0));"))
        #expect(
            finds(HouseRules.strictTables, "\(create) a (b TEXT) STRICT; \(create) c (d TEXT);"))
        #expect(!finds(HouseRules.strictTables, "\(create) a (b TEXT) STRICT, WITHOUT ROWID;"))
        #expect(!finds(HouseRules.strictTables, "\(create) a (b TEXT, -- c; d\ne TEXT) STRICT;"))
        #expect(!finds(HouseRules.strictTables, "CREATE VIRTUAL TABLE f USING fts5(a);"))
    }

    @Test("the network of Foundation is found")
    func networking() {
        #expect(finds(HouseRules.networking, "import FoundationNetworking"))
        #expect(!finds(HouseRules.networking, "import FoundationEssentials"))
    }

    @Test("strings and comments are not code")
    func codeOnly() {
        let text = """
            let a = "x // y" // z
            let b = \"\"\"
                print( try!
                \"\"\" + c
            let d = #"a "quoted" b"# + e
            let f = "a \\" b" + g
            """
        #expect(
            CodeOnly.lines(text) == [
                "let a = \"\" ", "let b = ", "", "\"\" + c", "let d = \"\" + e",
                "let f = \"\" + g",
            ])
    }
}
