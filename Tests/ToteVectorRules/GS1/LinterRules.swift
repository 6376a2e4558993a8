import ToteBarcodes
import ToteValues

/// VEC-4: linters accept and refuse alike, blame the same bytes, and have one kind of failure for
/// each of the reference's messages; no words are compared.
struct LinterRules {
    /// Which kind stands for a message of a linter, and the other way round; `ai` for elements.
    private var kinds: [String: [String: String]] = [:]
    private var messages: [String: [String: String]] = [:]

    mutating func judge(_ vector: GS1Vector) -> GS1Verdict {
        switch vector.operation {
        case "gs1.linter": linter(vector)
        case "gs1.aiLinter": element(vector)
        default: Self.markup(vector)
        }
    }

    private mutating func linter(_ vector: GS1Vector) -> GS1Verdict {
        let name = (vector["fn"]?.text ?? "").replacing("gs1_lint_", with: "")
        guard let linter = Linter(rawValue: name) else {
            return .failed(expected: "the linter \(name)", got: "none of that name")
        }
        let bytes = Self.bytes(vector)
        let fault = linter.fault(in: bytes[...], today: GS1Judge.today)
        guard !vector.isAccepted, let fault else {
            return .accepts(vector, fault == nil, fault?.flaw.rawValue ?? "")
        }
        if let marked = vector["highlight"]?.text {
            let ours = Self.mark(bytes, fault.range, "*")
            guard ours == marked else { return .failed(expected: marked, got: ours) }
        }
        return agree(name, vector, fault.flaw)
    }

    private mutating func element(_ vector: GS1Vector) -> GS1Verdict {
        let parser = ElementParser(
            table: .standard, today: GS1Judge.today, options: ElementOptions(vector))
        do throws(BarcodeError) {
            _ = try parser.parseBracketed(vector.bytes)
            return .accepts(vector, true)
        } catch {
            guard !vector.isAccepted, let flaw = error.flaw else {
                return .failed(
                    expected: vector.isAccepted ? "accepted" : vector.expected.words,
                    got: error.message)
            }
            return agree("ai", vector, flaw)
        }
    }

    /// One kind a message, one message a kind.
    private mutating func agree(
        _ scope: String, _ vector: GS1Vector, _ flaw: ElementFlaw
    ) -> GS1Verdict {
        let message = vector.expected.words
        let kind = kinds[scope, default: [:]][message, default: flaw.rawValue]
        let meant = messages[scope, default: [:]][flaw.rawValue, default: message]
        guard kind == flaw.rawValue, meant == message else {
            return .failed(
                expected: "\(message) (\(kind))", got: "\(flaw.rawValue) (\(meant))")
        }
        kinds[scope, default: [:]][message] = flaw.rawValue
        messages[scope, default: [:]][flaw.rawValue] = message
        return .passed
    }

    /// VEC-5: the component in fault behind its identifier, the range between bars.
    private static func markup(_ vector: GS1Vector) -> GS1Verdict {
        let parser = ElementParser(
            table: .standard, today: GS1Judge.today, options: ElementOptions(vector))
        do throws(BarcodeError) {
            _ = try parser.parseBracketed(vector.bytes)
            return .equals(vector, nil as String?)
        } catch {
            guard let range = error.range, let ai = error.identifiers.first,
                let row = IdentifierTable.standard[ai],
                let start = vector.bytes[..<range.lowerBound].lastIndex(of: 0x29)
            else { return .equals(vector, nil as String?) }
            let end = vector.bytes[start...].firstIndex(of: 0x28) ?? vector.bytes.count
            let part = row.parts(vector.bytes[(start + 1)..<end]).first { part in
                part.indices.contains(range.lowerBound)
            }
            guard let part else { return .equals(vector, nil as String?) }
            let shifted = range.lowerBound - part.startIndex..<range.upperBound - part.startIndex
            return .equals(vector, "(\(ai))" + mark(Array(part), shifted, "|"))
        }
    }

    /// The bytes that the reference was given: above 127 they stand in the file as the characters
    /// of ISO 8859-1.
    private static func bytes(_ vector: GS1Vector) -> [UInt8] {
        let scalars = (vector.text ?? "").unicodeScalars
        return scalars.allSatisfy { $0.value < 256 }
            ? scalars.map { UInt8($0.value) } : vector.bytes
    }

    private static func mark(_ bytes: [UInt8], _ range: Range<Int>, _ sign: String) -> String {
        let text =
            Array(bytes[..<range.lowerBound]) + Array(sign.utf8) + bytes[range]
            + Array(sign.utf8) + bytes[range.upperBound...]
        return LinkRules.latin(text)
    }
}

extension ElementOptions {
    /// The flags of a vector.
    init(_ vector: GS1Vector) {
        var options: ElementOptions = []
        if vector.flag("permitUnknownAIs") { options.insert(.unknownIdentifiers) }
        if vector.flag("unknownAIsAllowedAsDLattr") { options.insert(.unknownAttributes) }
        if vector.flag("permitZeroSuppressedGTIN") { options.insert(.zeroSuppressedGTIN) }
        if vector.flag("permitConvenienceAlphas") { options.insert(.convenienceNames) }
        self = options
    }
}
