import Testing
import ToteBarcodes
import ToteValues

@Suite("Templates tried out and put beside others")
struct TemplateTraceTests {
    private func template(
        _ id: String, _ text: String, priority: Int = 10
    ) throws -> MeasureTemplate {
        try MeasureTemplate(id: id, text: text, unit: .grams, priority: priority)
    }

    private func trace(_ text: String, _ code: String) throws -> TemplateTrace {
        try template("t", text).trace(of: code)
    }

    @Test("each part shows what it takes")
    func parts() throws {
        let trace = try trace("28{code:4}{i}{embed:5}{ec}", "2812346005001")
        #expect(trace.fits)
        #expect(trace.steps.map(\.part) == ["28", "{code:4}", "{i}", "{embed:5}", "{ec}"])
        #expect(trace.steps.map(\.taken) == ["28", "1234", "6", "00500", "1"])
    }

    @Test(
        "every element is written as it was",
        arguments: [
            "{code:*}", "{code:ean8}{embed:3.2}", "{code=21}{embed100:4}{_}{_:3}{price:4}{_:*}",
        ])
    func elements(text: String) throws {
        let trace = try trace(text, "21")
        #expect(trace.steps.map(\.part).joined() == text)
    }

    @Test(
        "the part that fails says why",
        arguments: [
            ("2912346005001", 0, "is not 28"), ("28123460A5001", 3, "needs digits"),
            ("2812345005002", 2, "is 5, right would be 6"),
            ("2812346005002", 4, "is 2, right would be 1"), ("281234", 2, "the code ends here"),
        ])
    func faults(code: String, index: Int, fault: String) throws {
        let trace = try trace("28{code:4}{i}{embed:5}{ec}", code)
        #expect(!trace.fits)
        #expect(trace.steps.firstIndex { $0.fault != nil } == index)
        #expect(trace.steps[index].fault == fault)
    }

    @Test("what is left over does not fit")
    func leftOver() throws {
        let trace = try trace("28{code:4}", "28123456")
        #expect(trace.steps.allSatisfy { $0.fault == nil })
        #expect(trace.rest == "56")
        #expect(!trace.fits)
    }

    @Test("a template that reads a label otherwise is a rival, one that reads it alike is none")
    func rivals() throws {
        let label = try LabelledExample(code: "2812346005001", value: 500, unit: .grams)
        let same = try template("same", "28{code:4}{i}{embed:5}{ec}")
        let wide = try template("wide", "28{code:5}{embed:5}{ec}")
        let weak = try template("weak", "28{code:5}{embed:5}{ec}", priority: 5)
        let else29 = try template("else", "29{code:5}{embed:5}{ec}")
        let rules = StoreRules(
            store: 1, currency: .euro, templates: [same, wide, weak, else29])
        let own = try template("own", "28{code:4}{i}{embed:5}{ec}")
        #expect(rules.rivals(of: own, on: [label]).map(\.id) == ["wide"])
        let first = try template("own", own.text, priority: 11)
        #expect(rules.rivals(of: first, on: [label]).isEmpty)
    }

    @Test("a template replaces the one of its name, else it comes last")
    func adding() throws {
        let one = try template("one", "28{code:4}{i}{embed:5}{ec}")
        let two = try template("two", "29{code:4}{i}{embed:5}{ec}")
        let rules = StoreRules(store: 1, currency: .euro, templates: [one])
        #expect(rules.adding(two).templates == [one, two])
        let other = try template("one", "27{code:5}{embed:5}{ec}")
        #expect(rules.adding(two).adding(other).templates == [other, two])
    }

    @Test("a template more changes nothing else of a store's rules")
    func nothingElse() throws {
        let one = try template("one", "28{code:4}{i}{embed:5}{ec}")
        let identifiers = try IdentifierTable(dictionary: "99 X..90 # INTERNAL")
        let rules = Fixtures.rules().replacing(identifiers: identifiers)
        let added = rules.adding(one)
        #expect(added.identifiers == identifiers)
        #expect(added.sale == rules.sale)
        #expect(added.purposes == rules.purposes)
        #expect(added.templates.dropLast() == rules.templates[...])
    }
}
