import Testing
import ToteVectorRules

@Suite("When a GS1 vector passes and when it fails")
struct GS1JudgeTests {
    /// `~` stands for a quotation mark.
    private func verdicts(_ lines: [String]) throws -> [GS1Verdict] {
        var judge = GS1Judge()
        return try lines.map { line in
            let text = line.replacing("~", with: "\"")
            return judge.judge(
                try GS1Vector(Array("{\"id\":\"x\",\"tier\":\"core\",\(text)}".utf8)))
        }
    }

    private func isFailed(_ verdict: GS1Verdict?) -> Bool {
        if case .failed = verdict { true } else { false }
    }

    /// Each a right line, and the same with one thing wrong.
    @Test(
        "a right result passes, and a wrong one of the same operation is reported",
        arguments: [
            (
                "~op~:~gs1.linter~,~fn~:~gs1_lint_csum~,~in~:~02345674~,~ok~:false,"
                    + "~expect~:~wrong~,~highlight~:~0234567*4*~",
                "~0234567*4*~", "~023456*74*~"
            ),
            (
                "~op~:~gs1.linter~,~fn~:~gs1_lint_csum~,~in~:~02345673~,~ok~:true,~expect~:null",
                "true", "false"
            ),
            (
                "~op~:~gs1.aiLinter~,~in~:~(426)987~,~ok~:false,~expect~:~country~",
                "false", "true"
            ),
            (
                "~op~:~gs1.errMarkup~,~in~:~(8001)1X345678901234~,~expect~:~(8001)1|X|34~",
                "1|X|34", "1X|3|4"
            ),
            (
                "~op~:~gs1.parseAIdata~,~in~:~(10)1(11)991225~,~ok~:true,~expect~:~^101^11991225~",
                "^11", "11"
            ),
            ("~op~:~gs1.processAIdata~,~in~:~^1012~,~ok~:true,~expect~:null", "true", "false"),
            (
                "~op~:~gs1.validateAIs~,~fn~:~repeats~,~in~:~(10)A(10)B~,~ok~:false,~expect~:null",
                "repeats", "mutex"
            ),
            (
                "~op~:~gs1.existsInAIdata~,~in~:~(235)A~,~needle~:~23n~,~ok~:true,~expect~:~235~",
                "~expect~:~235~", "~expect~:~23n~"
            ),
            (
                "~op~:~gs1.processScanData~,~in~:~]E402345673~,~ok~:true,~expect~:~02345673~,"
                    + "~sym~:~EAN8~", "EAN8", "EAN13"
            ),
            (
                "~op~:~gs1.generateScanData~,~in~:~TESTING~,~expect~:~]Q1TESTING~,~sym~:~QR~",
                "]Q1", "]Q3"
            ),
            ("~op~:~gs1.generateScanData~,~in~:~1~,~expect~:null,~sym~:~EAN8~", "null", "~]E41~"),
            (
                "~op~:~gs1.parseDLuri~,~in~:~https://a/00/006141411234567890~,~ok~:true,"
                    + "~expect~:~^00006141411234567890~", "true", "false"
            ),
            (
                "~op~:~gs1.generateDLuri~,~in~:~(01)12312312312326~,~ok~:true,"
                    + "~expect~:~https://id.gs1.org/01/12312312312326~", "id.gs1", "gs1"
            ),
            (
                "~op~:~gs1.URIescape~,~in~:~A B~,~expect~:~A%20B~,~expect_query~:~A+B~",
                "A+B", "A%20B~,~x~:~"
            ),
            ("~op~:~gs1.priceVerifier4~,~in~:~1234~,~ok~:true,~expect~:9", "9", "8"),
            (
                "~op~:~rcn.parse~,~in~:~226907642239~,~ok~:true,~template~:~US.2.price4v~,"
                    + "~expect~:{~item~:~26907~,~price_minor~:4223}", "4223", "4224"
            ),
            ("~op~:~template.compile~,~in~:~{code:8}~,~ok~:true,~expect~:null", "true", "false"),
            (
                "~op~:~template.match~,~in~:~1234~,~template~:~{embed100:4}~,~ok~:true,"
                    + "~expect~:{~embed~:123400}", "123400", "1234"
            ),
            (
                "~op~:~dl.decompress~,~in~:~https://id.gs1.org/AQqBW-puEA~,~ok~:true,"
                    + "~expect~:~https://id.gs1.org/01/05775354574600~", "4600~", "4601~"
            ),
            ("~op~:~biip.as_gtin_13~,~in~:~425261~,~ok~:true,~expect~:~0042100005264~", "64", "65"),
            (
                "~op~:~biip.extract_variable_measures~,~in~:~3105123456~,~ok~:true,"
                    + "~expect~:~1.23456~", "1.23456", "12.3456"
            ),
            (
                "~op~:~biip.region_denmark~,~in~:~2823570001509~,~ok~:true,"
                    + "~expect~:{~weight~:~0.150~}", "0.150", "0.151"
            ),
            (
                "~op~:~code.interpretations~,~in~:~96385074~,~ok~:true,"
                    + "~expect~:{~gtin~:{~format~:8}}", "8}}", "12}}"
            ),
            (
                "~op~:~biip.gs1_prefix~,~in~:~701999~,~ok~:true,~expect~:{~value~:~701~}", "701~}",
                "70~}"
            ),
        ])
    func pairs(line: String, right: String, wrong: String) throws {
        let verdict = try verdicts([line])[0]
        #expect(verdict == .passed, "\(line)")
        #expect(line.contains(right))
        let spoiled = try verdicts([line.replacing(right, with: wrong)])[0]
        #expect(isFailed(spoiled), "\(line)")
    }

    @Test("one kind of failure may not stand for two messages, nor two for one (VEC-4)")
    func bijection() throws {
        let line = { (input: String, message: String) in
            "~op~:~gs1.linter~,~fn~:~gs1_lint_hh~,~in~:~\(input)~,~ok~:false,~expect~:~\(message)~"
        }
        let merged = try verdicts([line("24", "hour"), line("1", "hour")])
        #expect(merged[0] == .passed)
        #expect(isFailed(merged[1]))
        let split = try verdicts([line("24", "hour"), line("25", "other")])
        #expect(isFailed(split[1]))
        let right = try verdicts([line("24", "hour"), line("1", "short"), line("25", "hour")])
        #expect(right.allSatisfy { $0 == .passed })
    }

    @Test("an operation or linter that nobody knows fails, unless its tier is skipped")
    func unknown() throws {
        #expect(isFailed(try verdicts(["~op~:~gs1.newOp~,~in~:~1~,~ok~:true"])[0]))
        #expect(
            isFailed(
                try verdicts(["~op~:~gs1.linter~,~fn~:~gs1_lint_new~,~in~:~1~,~ok~:true"])[0]))
        let line = #"{"op":"gs1.newOp","tier":"needs-gcp-lookup","in":"1"}"#
        var judge = GS1Judge()
        #expect(
            judge.judge(try GS1Vector(Array(line.utf8)))
                == .skipped("needs a GS1 Company Prefix database"))
    }

    @Test("fields that need a table of company prefixes are left out and counted, no others")
    func leftOut() throws {
        let line = """
            {"op":"code.interpretations","tier":"core","in":"8000500247167","ok":true,"expect":\
            {"gtin":{"prefix":{"value":"800"},"company_prefix":{"value":"1"},\
            "item_reference":"2"}}}
            """
        var judge = GS1Judge()
        #expect(judge.judge(try GS1Vector(Array(line.utf8))) == .passed)
        #expect(judge.fieldsLeftOut == ["company_prefix": 1, "item_reference": 1])
        let wrong = line.replacing("\"800\"", with: "\"801\"")
        #expect(isFailed(judge.judge(try GS1Vector(Array(wrong.utf8)))))
    }

    @Test("the report lists failures and closes with the sums")
    func report() throws {
        var report = GS1Report()
        #expect(!report.isRight)
        let right =
            #"{"id":"a","op":"gtin.normalise","tier":"core","in":"4006381333931","ok":true,"#
        let text = """
            \(right)"expect":"04006381333931"}

            {"id":"b","op":"gtin.normalise","tier":"core","in":"1\\u001b","ok":true,"expect":"1"}
            {"id":"c","op":"x","tier":"needs-gcp-lookup","in":"1"}
            """
        try report.judge(file: Array(text.utf8))
        #expect(!report.isRight)
        #expect(report.failureLines.count == 1)
        #expect(
            report.render() == """
                failed b gtin.normalise
                  in        1\\u{1b}
                  expected  accepted
                  got       refused
                core: 1 passed, 1 failed
                skipped 1: needs a GS1 Company Prefix database
                1 passed, 1 failed, 1 skipped

                """)
    }

    @Test(
        "a line that is no vector is named",
        arguments: [
            ("{}", "line 1: no vector: op, tier and in are wanted"),
            ("\nx", "line 2: no JSON object"),
            ("[1]", "line 1: no JSON object"), ("\u{FEFF}", "line 1: no JSON object"),
        ])
    func broken(text: String, reason: String) {
        var report = GS1Report()
        let error = #expect(throws: GS1VectorError.self) {
            try report.judge(file: Array(text.utf8))
        }
        #expect(error?.reason == reason)
    }
}
