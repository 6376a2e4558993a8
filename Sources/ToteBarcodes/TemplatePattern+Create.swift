/// The inverse of matching (RCN-7).
extension TemplatePattern {
    /// The code that carries `code` and `value`; `{_}` is written as 0.
    /// - Throws: `template` when either does not fit.
    package func create(
        code: String, value: Int64, price: Int64 = 0
    ) throws(BarcodeError) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            switch part {
            case .literal(let literal): bytes += literal
            case .code(let form): bytes += try Self.bytes(of: code, as: form)
            case .skip(let count): bytes += [UInt8](repeating: 0x30, count: count ?? 0)
            case .price(let digits): bytes += try Self.digits(price, digits)
            default: bytes += [UInt8](repeating: 0x30, count: part.width ?? 0)
            }
        }
        return try embed(value, into: bytes)
    }

    /// The same code with another value: verifier and check digit follow, all else stays.
    /// - Throws: `template` when the code has another shape or the value does not fit.
    package func embed(_ value: Int64, into code: [UInt8]) throws(BarcodeError) -> [UInt8] {
        guard isOpen ? code.count >= length : code.count == length else {
            throw Self.failure("the code has another length")
        }
        var bytes = code
        var verifierOffset: Int?
        var written: [UInt8] = []
        var offset = 0
        for part in parts {
            let width = part.width ?? bytes.count - offset
            switch part {
            case .literal(let literal), .code(.literal(let literal)):
                guard bytes[offset..<offset + width].elementsEqual(literal) else {
                    throw Self.failure("the code begins otherwise")
                }
            case .embed(let digits, _, let timesHundred):
                guard !timesHundred || value % 100 == 0 else {
                    throw Self.failure("the value must be whole hundreds")
                }
                written = try Self.digits(timesHundred ? value / 100 : value, digits)
                bytes.replaceSubrange(offset..<offset + width, with: written)
            case .verifier: verifierOffset = offset
            default: break
            }
            offset += width
        }
        if let verifierOffset, let digit = CheckDigit.verifier(written) {
            bytes[verifierOffset] = 0x30 + digit
        }
        if parts.last == .checkDigit {
            guard bytes.allSatisfy(\.isDigit) else { throw Self.failure("{ec} needs digits only") }
            bytes[bytes.count - 1] = 0x30 + CheckDigit.mod10(bytes.dropLast())
        }
        return bytes
    }

    private static func bytes(of code: String, as form: CodeForm) throws(BarcodeError) -> [UInt8] {
        let bytes = Array(code.utf8)
        let fits =
            switch form {
            case .characters(let count):
                bytes.allSatisfy { (0x20...0x7E).contains($0) }
                    && (count.map { $0 == bytes.count } ?? !bytes.isEmpty)
            case .ean(let count): bytes.count == count && CheckDigit.isRight(bytes)
            case .literal(let literal): bytes == literal
            }
        guard fits else { throw failure("the article's code does not fit") }
        return bytes
    }

    private static func digits(_ value: Int64, _ count: Int) throws(BarcodeError) -> [UInt8] {
        let digits = Array(String(value).utf8)
        guard value >= 0, digits.count <= count else {
            throw BarcodeError(
                code: .template, found: "valueTooLarge",
                message: "The value \(value) does not fit \(count) digits of the label.",
                mend: "Use a template with more digits.")
        }
        return [UInt8](repeating: 0x30, count: count - digits.count) + digits
    }

    private static func failure(_ reason: String) -> BarcodeError {
        BarcodeError(
            code: .template, found: reason,
            message: "This label cannot be made: \(reason).",
            mend: "Check code and value against the template.")
    }
}

extension MeasureTemplate {
    /// A label's digits for an article and a value in `unit`, before `scale` (RCN-7).
    /// - Throws: `template` when either does not fit.
    public func create(code: String, value: Int64) throws(BarcodeError) -> String {
        String(decoding: try pattern.create(code: code, value: value), as: UTF8.self)
    }

    /// The same label with another value.
    /// - Throws: `template` when the label has another shape or the value does not fit.
    public func embed(_ value: Int64, into label: String) throws(BarcodeError) -> String {
        String(decoding: try pattern.embed(value, into: Array(label.utf8)), as: UTF8.self)
    }
}
