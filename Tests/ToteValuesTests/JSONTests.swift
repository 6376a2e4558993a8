import Testing
import ToteValues

@Suite("Strict JSON")
struct JSONTests {
    private func parse(_ text: String, limits: StrictJSON.Limits = .message) throws -> JSONValue {
        try StrictJSON.parse(Array(text.utf8), limits: limits)
    }

    private func code(_ text: String) -> StrictJSONError.Code? { code(Array(text.utf8)) }

    private func code(_ bytes: [UInt8]) -> StrictJSONError.Code? {
        do {
            _ = try StrictJSON.parse(bytes)
            return nil
        } catch { return error.code }
    }

    @Test("well-formed values read as they are written")
    func accepted() throws {
        #expect(
            try parse(" {\"a\":[1,-2,true,false,null,\"x\"]} ")["a"]
                == .array([
                    .integer(1), .integer(-2), .bool(true), .bool(false), .null, .string("x"),
                ]))
        #expect(try parse(#""\u00e9\n\"\\\/\ud83c\udf4e""#) == .string("é\n\"\\/🍎"))
        #expect(try parse("9007199254740991") == .integer(9_007_199_254_740_991))
        #expect(try parse("{}") == .object([]))
        #expect(try parse("[]") == .array([]))
    }

    @Test(
        "what two parsers could read differently is refused (JSON-1)",
        arguments: [
            (#"{"qty":1,"qty":99}"#, StrictJSONError.Code.duplicateName),
            (#"{"qty":1,"\u0071ty":99}"#, .duplicateName), ("\u{FEFF}{}", .byteOrderMark),
            (#""\ud800""#, .loneSurrogate), (#""\udc00""#, .loneSurrogate),
            (#""\ud800\u0041""#, .loneSurrogate), (#""\u0000""#, .nullCharacter),
            ("{}x", .trailingBytes), ("{} {}", .trailingBytes), ("1 2", .trailingBytes),
            (#"{"qty":1,}"#, .unexpectedByte), ("[1,]", .unexpectedByte),
            ("{'a':1}", .unexpectedByte),
            ("// c\n1", .unexpectedByte), ("[1 /* c */]", .unexpectedByte),
            ("NaN", .unexpectedByte),
            ("Infinity", .unexpectedByte), ("-Infinity", .badNumber), ("01", .badNumber),
            ("1.", .badNumber), (".5", .unexpectedByte), ("+1", .unexpectedByte),
            ("1e", .badNumber),
            ("--1", .badNumber), ("", .unexpectedEnd), ("[", .unexpectedEnd),
            ("\"", .unexpectedEnd),
            ("tru", .unexpectedEnd), ("nul1", .unexpectedByte), (#""\x""#, .badEscape),
            ("\"\t\"", .unexpectedByte), ("123456789012345678901", .badNumber),
            (#"{"a" 1}"#, .unexpectedByte), (#"{1:1}"#, .unexpectedByte),
            ("\u{A0}1", .unexpectedByte),
            (#""\u00g0""#, .badEscape),
        ])
    func refused(text: String, expected: StrictJSONError.Code) {
        #expect(code(text) == expected, "\(text)")
    }

    @Test("what is no UTF-8 is refused: overlong, cut, UTF-16, surrogate, beyond Unicode")
    func utf8() {
        let contents: [[UInt8]] = [
            [0xC0, 0xAF], [0xE9], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
        ]
        for content in contents {
            #expect(code([0x22] + content + [0x22]) == .invalidUTF8)
        }
        #expect(code([0x7B, 0, 0x7D, 0]) != nil)
        #expect(code([0xFF, 0xFE, 0x7B, 0]) != nil)
    }

    @Test("depth, count and length are bounded")
    func bounds() throws {
        let deep = { (depth: Int) in
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(code(deep(32)) == nil)
        #expect(code(deep(33)) == .tooDeep)
        #expect(code(String(repeating: "[", count: 100_000)) == .tooDeep)
        #expect(code("[" + String(repeating: "1,", count: 19_998) + "1]") == nil)
        #expect(code("[" + String(repeating: "1,", count: 19_999) + "1]") == .tooManyValues)
        #expect(code("\"" + String(repeating: "a", count: 8192) + "\"") == nil)
        #expect(code("\"" + String(repeating: "a", count: 8193) + "\"") == .tooLong)
        #expect(code("\"" + String(repeating: "\u{301}", count: 10_000) + "\"") == .tooLong)
        let name = { (count: Int) in "{\"" + String(repeating: "k", count: count) + "\":1}" }
        #expect(code(name(128)) == nil)
        #expect(code(name(129)) == .tooLong)
        #expect(code([UInt8](repeating: 0x20, count: 256 * 1024 + 1)) == .tooLong)
    }

    @Test("numbers that are no integers are told apart from malformed ones (JSON-2)")
    func integers() throws {
        for text in [
            "1.0", "1e2", "-0", "9007199254740992", "-9007199254740992", "-9223372036854775808",
            "9223372036854775807", "99999999999999999999", "1E+2", "0.0",
        ] {
            let field = JSONField(try parse(text))
            #expect(field.value == .otherNumber(text), "\(text)")
            let error = #expect(throws: JSONReadError.self) { try field.integer() }
            #expect(error?.code == .notInteger)
        }
        let text = #expect(throws: JSONReadError.self) { try JSONField(.string("1")).integer() }
        #expect(text?.code == .notInteger)
        let range = #expect(throws: JSONReadError.self) {
            try JSONField(.integer(1000)).integer(in: 1...999)
        }
        #expect(range?.code == .outOfRange)
    }

    @Test("unknown, missing and mistyped members are named by their pointer")
    func pointers() throws {
        let value = try parse(#"{"lines":[{"qty":1,"price":"2"}],"extra":true}"#)
        var reader = try JSONField(value).object()
        let lines = try reader.required("lines").array()
        var line = try lines[0].object()
        let price = #expect(throws: JSONReadError.self) { try line.required("price").integer() }
        #expect(price?.pointer == "/lines/0/price")
        let missing = #expect(throws: JSONReadError.self) { try line.required("sku") }
        #expect(missing?.code == .missingField)
        #expect(missing?.pointer == "/lines/0/sku")
        let unknown = #expect(throws: JSONReadError.self) { try reader.finish() }
        #expect(unknown?.code == .unknownField)
        #expect(unknown?.pointer == "/extra")
    }

    @Test("canonical bytes sort members, keep arrays, and escape as RFC 8785")
    func canonical() throws {
        let value = try parse(#" { "b" : [ 2, 1 ] , "a" : "\u000b\/é\u001f" , "B" : { } } "#)
        #expect(value.canonicalText == #"{"B":{},"a":"\u000b/é\u001f","b":[2,1]}"#)
        #expect(try StrictJSON.parse(Array(value.prettyText.utf8)).canonical == value.canonical)
    }

    @Test("what is written is read back, for random values")
    func roundTrip() throws {
        var generator = SeededChance(seed: 9)
        for _ in 0..<2000 {
            let value = Self.random(depth: 0, &generator)
            let parsed = try StrictJSON.parse(value.canonical)
            #expect(parsed.canonical == value.canonical)
        }
    }

    @Test("no bytes whatever crash the parser")
    func noise() {
        var generator = SeededChance(seed: 10)
        let alphabet = Array(#"{}[]",:\u0123456789abtfn-+.eE "#.utf8) + [0, 0xC3, 0xA9, 0xFF]
        for _ in 0..<50_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            _ = try? StrictJSON.parse(bytes)
        }
    }

    private static func random(depth: Int, _ generator: inout SeededChance) -> JSONValue {
        switch Int.random(in: 0...(depth > 4 ? 3 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2:
            return .integer(
                Int64.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &generator))
        case 3:
            return .string(
                String(
                    (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                        ["a", "\"", "\\", "\n", "\u{1}", "é", "🍎", "\u{7F}"].randomElement(
                            using: &generator) ?? "a"
                    }))
        case 4:
            return .array(
                (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                    random(depth: depth + 1, &generator)
                })
        default:
            return .object(
                (0..<Int.random(in: 0...3, using: &generator)).map { index in
                    JSONMember("\(["z", "a", "é"][index])", random(depth: depth + 1, &generator))
                })
        }
    }
}
