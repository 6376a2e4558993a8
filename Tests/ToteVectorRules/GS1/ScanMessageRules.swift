import ToteBarcodes
import ToteValues

/// VEC-2 and VEC-3: scanned data with its symbology identifier, and the message in it.
enum ScanMessageRules {
    static func judge(_ vector: GS1Vector) -> GS1Verdict {
        let forms = MessageForms(
            table: .standard, today: GS1Judge.today, options: ElementOptions(vector))
        return vector.operation == "gs1.processScanData"
            ? process(vector, forms) : generate(vector, forms)
    }

    private static func process(_ vector: GS1Vector, _ forms: MessageForms) -> GS1Verdict {
        guard let message = try? forms.read(vector.bytes) else { return .accepts(vector, false) }
        guard vector.isAccepted else { return .accepts(vector, true, message.text) }
        guard message.symbology.rawValue == vector["sym"]?.text else {
            return .failed(
                expected: vector["sym"]?.words ?? "", got: message.symbology.rawValue)
        }
        return .equals(vector, message.text)
    }

    private static func generate(_ vector: GS1Vector, _ forms: MessageForms) -> GS1Verdict {
        guard let symbology = vector["sym"]?.text.flatMap(MessageSymbology.init) else {
            return .accepts(vector, false, "no such symbology")
        }
        let message = ScanMessage(symbology: symbology, text: vector.text ?? "")
        let data = try? forms.scanData(message, addsCheckDigit: vector.flag("addCheckDigit"))
        return .equals(vector, data.map { String(decoding: $0, as: UTF8.self) })
    }
}
