import Testing
import ToteVectorRules

@Suite("Figures of a corpus")
struct PhotoFiguresTests {
    private let recorded = PhotoFigures(rows: [
        .init(name: "EAN-13", read: 118, misread: 0, count: 135),
        .init(name: "negative", read: 0, misread: 0, count: 35),
    ])

    private func changed(_ change: (inout PhotoFigures) -> Void) -> [String] {
        var now = recorded
        change(&now)
        return now.drops(since: recorded)
    }

    @Test("one picture less is a drop, one more is none (COR-7)")
    func reads() {
        #expect(changed { $0.rows[0].read -= 1 } == ["EAN-13: reads 117, was 118"])
        #expect(changed { $0.rows[0].read += 1 }.isEmpty)
        #expect(changed { _ in }.isEmpty)
    }

    @Test("one more misread is a drop, whatever else was gained")
    func misreads() {
        let drops = changed {
            $0.rows[0].read += 9
            $0.rows[1].misread += 1
        }
        #expect(drops == ["negative: misreads 1, was 0"])
    }

    @Test("figures of other pictures are not compared")
    func corpus() {
        var other = recorded
        other.rows[0].count += 1
        #expect(!other.isOfCorpus(of: recorded))
        #expect(!PhotoFigures(rows: []).isOfCorpus(of: recorded))
        #expect(recorded.isOfCorpus(of: recorded))
    }

    @Test("what is recorded reads back")
    func roundTrip() throws {
        #expect(try PhotoFigures(csv: Array(recorded.csv.utf8), path: "f.csv") == recorded)
        #expect(throws: ManifestError.self) {
            try PhotoFigures(csv: Array("symbology,read,misread,of\nQR,1,x,2".utf8), path: "f.csv")
        }
    }

    @Test("the report counts retail pictures by symbology and the rest by tier")
    func report() {
        var report = PhotoReport()
        let wrong = PhotoRules.Answer(symbology: "itf", text: "12")
        for (tier, isRead, misreads) in [
            (Photo.Tier.retail, true, []), (.retail, false, [wrong]), (.negative, false, [wrong]),
        ] {
            report.add(
                PhotoReport.Line(
                    photo: Photo(path: "a.png", symbology: "ITF", tier: tier, expected: "34"),
                    verdict: PhotoRules.Verdict(isRead: isRead, misreads: misreads),
                    milliseconds: 1.5, notes: ["itf 12 (6 votes, full)"]))
        }
        #expect(
            PhotoFigures(report).rows == [
                .init(name: "ITF", read: 1, misread: 1, count: 2),
                .init(name: "negative", read: 0, misread: 1, count: 1),
            ])
        let text = report.render()
        #expect(text.contains("a.png  expected 34: itf 12 (6 votes, full)"))
        #expect(text.contains("50.0"))
    }
}
