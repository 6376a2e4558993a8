import Testing
import ToteVectorRules

@Suite("Formats of the corpus")
struct FormatTests {
    @Test("quoted fields hold commas, quotes and line ends (RFC 4180)")
    func quoted() {
        let text = "a,b\r\n\"1,5\",\"say \"\"x\"\"\"\n\n\"two\nlines\",\n,last"
        #expect(
            CSVReader.rows(of: Array(text.utf8)) == [
                ["a", "b"], ["1,5", "say \"x\""], ["two\nlines", ""], ["", "last"],
            ])
        #expect(CSVReader.rows(of: []).isEmpty)
    }

    @Test("a manifest is read by the names of its columns")
    func manifest() throws {
        let text = """
            tier,path,symbology,expected,addon,also
            retail,a.png,UPC-A+addon,012345678905,51995,one|two
            """
        let photo = try #require(try Photo.manifest(Array(text.utf8), path: "m").first)
        #expect(photo.path == "a.png" && photo.tier == .retail && photo.addOn == "51995")
        #expect(photo.also == ["one", "two"])
    }

    @Test(
        "a manifest that lacks something is refused by row",
        arguments: [
            ("path,tier\na,retail", "row 2 lacks 'symbology'"),
            ("path,symbology,tier,expected,addon,also\na,QR,best,x,,", "row 2: unknown tier"),
        ])
    func brokenManifest(text: String, words: String) {
        #expect {
            try Photo.manifest(Array(text.utf8), path: "m.csv")
        } throws: { error in
            (error as? ManifestError)?.message == "m.csv: \(words)"
        }
    }

    @Test("pictures of one text are always in one half of the corpus")
    func folds() {
        func fold(_ text: String, _ path: String) -> Int {
            Photo(path: path, symbology: "QR", tier: .retail, expected: text).fold
        }
        #expect(fold("4012345000016", "a") == fold("4012345000016", "b"))
        #expect(Set((0..<64).map { fold("\($0)", "a") }) == [0, 1])
    }
}
