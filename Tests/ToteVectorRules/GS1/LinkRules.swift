import ToteBarcodes
import ToteValues

/// VEC-3: Digital Links and their escapes.
enum LinkRules {
    static func judge(_ vector: GS1Vector) -> GS1Verdict {
        switch vector.operation {
        case "gs1.parseDLuri": parse(vector)
        case "gs1.generateDLuri": generate(vector)
        case "gs1.URIescape": escape(vector)
        default: unescape(vector)
        }
    }

    static func link(_ vector: GS1Vector) -> DigitalLink {
        DigitalLink(table: .standard, today: GS1Judge.today, options: ElementOptions(vector))
    }

    private static func parse(_ vector: GS1Vector) -> GS1Verdict {
        do throws(BarcodeError) {
            let string = try link(vector).parse(vector.bytes)
            return .equals(vector, string?.caretText(.standard))
        } catch {
            return .accepts(vector, false, error.message)
        }
    }

    private static func generate(_ vector: GS1Vector) -> GS1Verdict {
        guard let string = ElementFormRules.bracketed(vector) else {
            return .accepts(vector, false, "not parsed")
        }
        let stem = vector["stem"]?.text ?? DigitalLink.canonicalStem
        return .equals(vector, try? link(vector).build(string, stem: stem))
    }

    private static func escape(_ vector: GS1Vector) -> GS1Verdict {
        both(
            vector, path: LinkEscapes.escape(vector.bytes),
            query: LinkEscapes.escape(vector.bytes, isQuery: true))
    }

    private static func unescape(_ vector: GS1Vector) -> GS1Verdict {
        both(
            vector, path: latin(LinkEscapes.unescape(vector.bytes)),
            query: latin(LinkEscapes.unescape(vector.bytes, plusIsSpace: true)))
    }

    /// Bytes that are no UTF-8 stand in the file as ISO 8859-1.
    static func latin(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
        return String(validating: bytes, as: UTF8.self) ?? String(scalars)
    }

    private static func both(_ vector: GS1Vector, path: String, query: String) -> GS1Verdict {
        let verdict = GS1Verdict.equals(vector, path)
        guard verdict == .passed, let wanted = vector["expect_query"] else { return verdict }
        return wanted == .string(query)
            ? .passed : .failed(expected: wanted.words, got: query)
    }
}

/// VEC-9: compressed links.
enum CompressionRules {
    static func judge(_ vector: GS1Vector) -> GS1Verdict {
        let link = DigitalLink(table: .standard, today: GS1Judge.today)
        guard vector.operation == "dl.compress" else {
            return .equals(vector, decompressed(vector.bytes, link))
        }
        guard let string = try? link.parse(vector.bytes),
            let short = try? link.compress(string), vector.isAccepted
        else { return .accepts(vector, false) }
        let back = decompressed(Array(short.utf8), link)
        return back == vector.text
            ? .passed : .failed(expected: vector.text ?? "", got: "\(short): \(back ?? "-")")
    }

    private static func decompressed(_ bytes: [UInt8], _ link: DigitalLink) -> String? {
        guard let (string, stem) = try? link.decompress(bytes) else { return nil }
        return try? link.build(string, stem: stem)
    }
}
