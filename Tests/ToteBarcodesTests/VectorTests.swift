import Foundation
import Testing
import ToteBarcodes
import ToteValues

/// The public vectors, read from `../shared/data` beside the repository or `$TOTE_DATA`.
enum Vectors {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["TOTE_DATA"] {
            return URL(fileURLWithPath: path)
        }
        return URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("../shared/data").standardizedFileURL
    }()

    static let lines: [JSONValue] = {
        let file = folder.appendingPathComponent("gs1/vectors.jsonl")
        guard let data = try? Data(contentsOf: file) else { return [] }
        return data.split(separator: 0x0A).compactMap { try? StrictJSON.parse(Array($0)) }
    }()

    static var areAbsent: Bool { lines.isEmpty }

    static func of(_ operation: String) -> [Vector] {
        lines.compactMap { line in
            guard line["op"] == .string(operation), case .string(let input)? = line["in"] else {
                return nil
            }
            return Vector(line: line, input: input)
        }
    }
}

struct Vector {
    let line: JSONValue
    let input: String

    var isAccepted: Bool { line["ok"] == .bool(true) }
    var expected: JSONValue { line["expect"] ?? .null }
    var bytes: [UInt8] { Array(input.utf8) }

    func text(_ name: String) -> String {
        if case .string(let text)? = line[name] { text } else { "" }
    }

    func number(_ name: String) -> Int64 {
        if case .integer(let number)? = line[name] { number } else { 0 }
    }
}

@Suite("Public vectors", .disabled(if: Vectors.areAbsent, "shared data is absent"))
struct VectorTests {
    @Test("verifiers of four and five digits", arguments: [4, 5])
    func verifiers(digits: Int) {
        let vectors = Vectors.of("gs1.priceVerifier\(digits)")
        #expect(vectors.count == 24)
        for vector in vectors {
            let verifier = CheckDigit.verifier(vector.bytes).map { JSONValue.integer(Int64($0)) }
            #expect(verifier == vector.expected, "\(vector.input)")
        }
    }

    @Test("UPC-E expands")
    func upcE() {
        let vectors = Vectors.of("upce.expand")
        #expect(vectors.count == 24)
        for vector in vectors {
            let expanded = UPCE.expand(vector.bytes[...]).map {
                String(decoding: $0, as: UTF8.self)
            }
            #expect(vector.expected["upc_a"] == expanded.map { .string($0) }, "\(vector.input)")
            let gtin = expanded.flatMap { GTIN14($0) }
            #expect(vector.expected["gtin14"] == gtin.map { .string($0.text) })
        }
    }

    @Test("numbers normalise to GTIN-14")
    func normalise() {
        let vectors = Vectors.of("gtin.normalise")
        #expect(vectors.count == 7)
        for vector in vectors {
            let text = GTIN14(vector.input).map { JSONValue.string($0.text) } ?? .null
            #expect(text == vector.expected, "\(vector.input)")
        }
    }

    @Test("labels of Germany and America read or are refused")
    func labels() throws {
        let vectors = Vectors.of("rcn.parse")
        #expect(vectors.count == 60)
        for vector in vectors {
            let name = vector.text("template").split(separator: ".")
            let rules = Fixtures.rules(String(name[0]))
            let code = try? Fixtures.camera(vector.bytes, .ean13, rules)
            #expect((code != nil) == vector.isAccepted, "\(vector.input)")
            guard let article = code?.reading.article else { continue }
            let id = "\(name[0].lowercased())-\(name[1])"
            #expect(article.templateID == id)
            let keys = article.lookupKeys.map(\.text)
            if case .string(let item)? = vector.expected["item"] {
                #expect(keys.first == "\(id)/\(item)")
            }
            if case .integer(let price)? = vector.expected["price_minor"] {
                #expect(article.measure?.kind == .price(price))
            }
            if case .integer(let grams)? = vector.expected["weight_g"] {
                #expect(article.measure?.kind == .mass(grams: Int(grams)))
            }
            if case .string(let lookup)? = vector.expected["lookup_gtin12"] {
                #expect(keys.last == "code:0\(lookup)")
            }
        }
    }

    @Test("templates compile or are refused")
    func compile() {
        let vectors = Vectors.of("template.compile")
        #expect(vectors.count == 18)
        for vector in vectors {
            let template = try? Fixtures.template(vector.input)
            #expect((template != nil) == vector.isAccepted, "\(vector.input)")
        }
    }

    @Test("templates match or do not")
    func match() throws {
        let vectors = Vectors.of("template.match")
        #expect(vectors.count == 20)
        for vector in vectors {
            let pattern = try Fixtures.template(vector.text("template")).pattern
            let reading = pattern.match(vector.bytes).flatMap { $0.failedCheck == nil ? $0 : nil }
            #expect((reading != nil) == vector.isAccepted, "\(vector.input)")
            guard let reading else { continue }
            if case .string(let code)? = vector.expected["code"] { #expect(reading.code == code) }
            if case .integer(let embed)? = vector.expected["embed"] {
                #expect(reading.embed == embed)
            }
            if case .integer(let price)? = vector.expected["price"] {
                #expect(reading.price == price)
            }
            if case .integer(let digits)? = vector.expected["fractionDigits"] {
                #expect(reading.fractionDigits == Int(digits))
            }
        }
    }

    @Test("labels are created, and values are embedded")
    func create() throws {
        let created = Vectors.of("template.create")
        #expect(created.count == 6)
        for vector in created {
            let template = try Fixtures.template(vector.text("template"))
            let text = try template.create(code: vector.input, value: vector.number("value"))
            #expect(.string(text) == vector.expected)
        }
        for vector in Vectors.of("template.embed") {
            let template = try Fixtures.template(vector.text("template"))
            let text = try template.embed(vector.number("value"), into: vector.input)
            #expect(.string(text) == vector.expected)
        }
    }

    /// Of the links with identifiers that this table has; the rest come with the whole table.
    @Test("Digital Links of the known identifiers read as the reference does")
    func links() throws {
        var checked = 0
        for vector in Vectors.of("gs1.parseDLuri") where vector.line["flags"] == nil {
            let others = ["/8004/", "/414/", "/8018/1234", "/254/"]
            if others.contains(where: vector.input.contains) { continue }
            let input = ScanInput(bytes: vector.bytes, symbology: .qr, source: .camera)
            let code = try? interpret(input, rules: Fixtures.rules(), today: Fixtures.today)
            let isText = code?.purpose == .unknown
            let isRead = code != nil && !isText
            #expect(isRead == vector.isAccepted, "\(vector.input)")
            checked += 1
        }
        #expect(checked > 50)
    }
}
