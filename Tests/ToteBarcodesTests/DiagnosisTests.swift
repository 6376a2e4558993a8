import Testing
import ToteBarcodes
import ToteValues

@Suite("Diagnosis")
struct DiagnosisTests {
    private func diagnosis(_ input: ScanInput, listed: String = "04006381333931") -> Diagnosis {
        diagnose(
            input, rules: Fixtures.rules(), today: Fixtures.today,
            isListed: { $0.text == listed })
    }

    @Test("typed 4006318333931: three swaps and thirteen digits would do, the listed one leads")
    func swapped() {
        let input = ScanInput(typed: "4006318333931")
        let repairs = Repairs(digits: input.bytes, source: .typed)
        #expect(
            Set(repairs.transpositions.map { String(decoding: $0, as: UTF8.self) })
                == ["4003618333931", "4006138333931", "4006381333931"])
        #expect(repairs.substitutions.count == 13)
        let diagnosis = diagnosis(input)
        #expect(diagnosis.repairs.count == 3)
        #expect(diagnosis.repairs.first?.text == "4006381333931")
        #expect(diagnosis.repairs.first?.isListed == true)
        #expect(diagnosis.mend.contains("not applied"))
    }

    @Test("scanned 4006381333932: expected 1, found 2, no swap validates")
    func scanned() {
        let input = Fixtures.line("]E04006381333932")
        #expect(Repairs(digits: input.bytes, source: .scanner).transpositions.isEmpty)
        let diagnosis = diagnosis(input)
        #expect(diagnosis.headline.contains("expected 1, found 2"))
        #expect(diagnosis.repairs.first?.text == "4006381333931")
        #expect(diagnosis.repairs.allSatisfy { $0.kind == .substitution })
    }

    @Test("a wrong length names the lengths possible")
    func length() {
        let diagnosis = diagnosis(ScanInput(typed: "400638133393"))
        #expect(diagnosis.findings.first?.kind == .checkDigit)
        let short = self.diagnosis(ScanInput(typed: "40063813339"))
        #expect(short.findings.first?.kind == .length)
        #expect(short.headline.contains("8, 12, 13, 14"))
        #expect(short.repairs.isEmpty)
    }

    @Test("an unknown in-store number and a valid number not sold here are told apart")
    func notListed() {
        let inStore = diagnosis(Fixtures.line("]E02712345678902"))
        #expect(inStore.findings.first?.kind == .unknownInStoreCode)
        let foreign = diagnosis(Fixtures.line("]E05901234123457"))
        #expect(foreign.findings.first?.kind == .notListed)
        #expect(foreign.headline.contains("05901234123457"))
        #expect(foreign.repairs.isEmpty)
        #expect(diagnosis(ScanInput(typed: "4011")).findings.first?.kind == .unknownPLU)
    }

    @Test("a card, a text and a carton are named for what they are")
    func otherThings() {
        #expect(diagnosis(ScanInput(typed: "M-20417358")).findings.first?.kind == .wrongPurpose)
        #expect(!diagnosis(ScanInput(typed: "M-20417358")).headline.contains("20417358"))
        #expect(diagnosis(ScanInput(typed: "hello")).findings.first?.kind == .unknownCode)
        let carton = diagnosis(Fixtures.line("]C100006141411234567890"))
        #expect(carton.findings.first?.kind == .notASaleUnit)
        #expect(diagnosis(ScanInput(typed: "4006381333931")).findings.isEmpty)
    }

    @Test("any input gets a cause and a next step")
    func total() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let diagnosis = diagnosis(ScanInput(bytes: bytes, source: .scanner))
            #expect(!diagnosis.headline.isEmpty)
            #expect(!diagnosis.mend.isEmpty)
            #expect(diagnosis.repairs.count <= 3)
        }
    }
}
