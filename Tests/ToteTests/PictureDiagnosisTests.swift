import Testing
import Tote
import ToteBarcodes
import ToteDecoding
import ToteValues

@Suite("A picture in which nothing was accepted")
struct PictureDiagnosisTests {
    private func candidate(_ reason: Candidate.Reason, votes: Int) -> Candidate {
        let point = PicturePoint(x: 0, y: 0)
        return Candidate(
            symbology: .ean13, aim: SymbologyIdentifier("E", "0"),
            bytes: Array("4012345000016".utf8),
            quad: Quad(topLeft: point, topRight: point, bottomRight: point, bottomLeft: point),
            votes: votes, votesNeeded: 3, reason: reason)
    }

    @Test("the strongest reason is told, with one tip, and no refused reading is shown")
    func strongest() {
        let diagnosis = Diagnosis(
            nothingAcceptedIn: [candidate(.votes, votes: 1), candidate(.checkDigit, votes: 2)])
        #expect(diagnosis.headline.contains("check digit"))
        #expect(diagnosis.mend.hasPrefix("Flatten"))
        #expect(diagnosis.findings.map(\.kind) == [.nothingAccepted])
        #expect(diagnosis.repairs.isEmpty)
        #expect(!"\(diagnosis)".contains("4012345"))
    }

    @Test("each reason has words and a tip of its own")
    func reasons() {
        let reasons: [Candidate.Reason] = [.votes, .checkDigit, .length, .contradiction, .content]
        let all =
            reasons.map { Diagnosis(nothingAcceptedIn: [candidate($0, votes: 1)]) }
            + [Diagnosis(nothingAcceptedIn: [])]
        #expect(Set(all.map(\.headline)).count == 6)
        #expect(Set(all.map(\.mend)).count == 6)
    }
}
