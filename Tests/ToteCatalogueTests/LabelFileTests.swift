import Testing
import ToteBarcodes
import ToteCatalogue
import ToteValues

@Suite("Labels written down by a clerk")
struct LabelFileTests {
    private func read(_ text: String) throws -> LabelFile { try LabelFile(Array(text.utf8)) }

    private func failure(_ text: String) -> CatalogueError? {
        do throws(CatalogueError) {
            _ = try LabelFile(Array(text.utf8))
            return nil
        } catch { return error }
    }

    @Test("CSV in any order of columns, with blank lines and CRLF")
    func csv() throws {
        let file = try read(
            "value,code,item\r\n0.500 kg,2812346005001,1234\r\n\r\n\"1,25 kg\", 2812347012503 ,\r\n"
        )
        #expect(file.labels.map(\.code) == ["2812346005001", "2812347012503"])
        #expect(file.labels.map(\.item) == ["1234", nil])
        #expect(file.labels.map(\.value) == [500, 1250])
        #expect(file.labels.allSatisfy { $0.unit == .grams })
        #expect(file.lines == [2, 4])
        #expect(file.currency == nil)
    }

    @Test("a column for the unit, and prices with their currency")
    func units() throws {
        let file = try read("code,value,unit\n2212344002390,2.39,EUR\n2212344002390,12,eur\n")
        #expect(file.labels.map(\.value) == [239, 1200])
        #expect(file.labels.allSatisfy { $0.unit == .minor })
        #expect(file.currency == .euro)
    }

    @Test("JSON Lines, with texts or bare numbers")
    func json() throws {
        let file = try read(
            """

            {"code":"2812346005001","item":"1234","value":"500 g"}
              {"value":95,"unit":"g","code":"2856787000959"}
            """)
        #expect(file.labels.map(\.value) == [500, 95])
        #expect(file.lines == [2, 3])
    }

    @Test(
        "values are exact",
        arguments: [
            ("0.500 kg", 500, MeasureTemplate.Unit.grams), ("500g", 500, .grams),
            ("1,2 kg", 1200, .grams), ("1.2000 kg", 1200, .grams), ("007 g", 7, .grams),
            ("0.75 l", 750, .millilitres), ("33 cl", 330, .millilitres),
            ("2.5 m", 2500, .millimetres), ("12.5 cm", 125, .millimetres),
            ("3 pieces", 3, .pieces), ("1 piece", 1, .pieces), ("2.39 EUR", 239, .minor),
            ("2.3 EUR", 230, .minor), ("980 JPY", 980, .minor), ("1.250 KWD", 1250, .minor),
        ])
    func values(text: String, value: Int64, unit: MeasureTemplate.Unit) {
        #expect(LabelValue(text)?.value == value)
        #expect(LabelValue(text)?.unit == unit)
    }

    @Test(
        "what is no exact value is none",
        arguments: [
            "", "500", "kg", "0.5 g", "1.2345 kg", "-5 g", "+5 g", "1e3 g", "1.2.3 kg", "1. kg",
            ".5 kg", "5 lb", "2.399 EUR", "9.5 JPY", "٥ g", "1234567890123456 g", "5 g g",
            "0x10 g", "5 EURO", "½ kg", "5\u{0}g",
        ])
    func noValues(text: String) { #expect(LabelValue(text) == nil) }

    @Test(
        "a mistake is refused with its line",
        arguments: [
            ("code,item,value\n2812346005001,1234,0.5 g\n", 2, "value"),
            ("code,item,value\n\n28123460O5001,1234,500 g\n", 3, "code"),
            ("code,item,value\n2812346005001,,500 g\n281234,,500 g\n", 3, "code"),
            ("code,item,value\n2812346005001,,0 g\n", 2, "value"),
            ("code,value,unit\n2812346005001,500,lb\n", 2, "unit"),
            ("code,item,value\n2812346005001,0,500 kg,\n", 2, nil),
            ("code;item;value\n2812346005001;;500 g\n", 1, nil),
            ("code,item\n2812346005001,\n", 1, "value"),
            ("code,code,value\n", 1, nil),
            ("2812346005001,1234,500 g\n", 1, nil),
            ("code,value\n2812346005001,1 EUR\n2812346005001,1 USD\n", 3, "value"),
            ("code,value\n2812346005001,\"500 g\n", nil, nil),
            ("{\"code\":\"2812346005001\",\"value\":\"500 g\"}\n{\"code\":1}\n", 2, nil),
            ("{\"code\":\"2812346005001\",\"value\":\"500 g\"\n", 1, nil),
            ("{\"code\":\"2812346005001\",\"value\":\"500 g\",\"colour\":\"red\"}\n", 1, nil),
            ("", nil, nil), ("code,value\n", nil, nil),
        ] as [(String, Int?, String?)])
    func mistakes(text: String, line: Int?, column: String?) throws {
        let error = try #require(failure(text))
        #expect(error.code == .csv)
        if let line { #expect(error.line == line, "\(error)") }
        if let column { #expect(error.column == column, "\(error)") }
        #expect(!error.message.isEmpty)
    }

    @Test("bytes that are no text are refused")
    func notText() {
        let bytes = Array("code,value\n".utf8) + [0xFF, 0xFE] + Array(",500 g\n".utf8)
        #expect(throws: CatalogueError.self) { try LabelFile(bytes) }
    }
}
