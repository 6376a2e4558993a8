import Testing
import ToteCatalogue
import ToteValues

@Suite("A catalogue in CSV")
struct CatalogueCSVTests {
    private func read(_ text: String) throws -> (products: [Product], entries: [PriceEntry]) {
        try CatalogueCSV.products(from: Array(text.utf8), currency: .euro)
    }

    @Test("gives articles and prices, whatever the order of columns")
    func reads() throws {
        let (products, entries) = try read(
            """
            name,codes,unit,price,tax,memberPrice,deposit,categories,brand,minimumAge,flags
            "Coffee, ""dark"" 500 g",4012345000016,piece,12.90,food,11.90,,coffee drinks,Morgenrot,,
            Bananas,plu:4011,kg,1.99,food,,,,,,
            Salad bar,de-28/1234 de-22/1234,kg,14.90,food,,,,,,noDiscount
            Spirit,4012345000306,piece,19.99,std,,0.25,,,18,stopped snap

            """)
        #expect(
            products.map(\.sku) == ["04012345000016", "plu:4011", "rcn:1234", "04012345000306"])
        #expect(products[0].name == #"Coffee, "dark" 500 g"#)
        #expect(products[0].categories == ["coffee", "drinks"])
        #expect(products[1].unit == .kilogram)
        #expect(products[2].codes == ["de-28/1234", "de-22/1234"] && products[2].noDiscount)
        #expect(products[3].minimumAge == 18 && products[3].depositMinor == 25)
        #expect(products[3].saleStopped && products[3].snapEligible)
        #expect(entries.map(\.price) == [1290, 1190, 199, 1490, 1999])
        #expect(entries.map(\.memberOnly) == [false, true, false, false, false])
    }

    @Test("with CRLF, a byte order mark and a line break in quotes is read")
    func lineEnds() throws {
        let text = "\u{FEFF}codes,name,unit,price,tax\r\n4012345000016,\"a\r\nb\",piece,,food\r\n"
        let error = #expect(throws: CatalogueError.self) { _ = try read(text) }
        #expect(error?.column == "name")
        let good = text.replacing("\"a\r\nb\"", with: "a")
        #expect(try read(good).products.count == 1)
        #expect(try read(good).entries.isEmpty)
    }

    static let header = "sku,codes,name,unit,price,memberPrice,tax,deposit,minimumAge,flags\n"

    @Test(
        "with a bad field names line and column",
        arguments: [
            ("codes", ",4012345000017,x,piece,1,,food,,,"),
            ("codes", ",401234500001,x,piece,1,,food,,,"),
            ("codes", ",٤012345000016,x,piece,1,,food,,,"),
            ("codes", ",plu:84011,x,piece,1,,food,,,"),
            ("codes", ",,x,piece,1,,food,,,"),
            ("codes", ",/1234,x,piece,1,,food,,,"),
            ("name", ",4012345000016,,piece,1,,food,,,"),
            ("unit", ",4012345000016,x,pound,1,,food,,,"),
            ("price", ",4012345000016,x,piece,1e3,,food,,,"),
            ("price", ",4012345000016,x,piece,\"1,99\",,food,,,"),
            ("price", ",4012345000016,x,piece,1.999,,food,,,"),
            ("price", ",4012345000016,x,piece,0,,food,,,"),
            ("price", ",4012345000016,x,piece,-1,,food,,,"),
            ("price", ",4012345000016,x,piece,99999999999999999999,,food,,,"),
            ("memberPrice", ",4012345000016,x,piece,1,abc,food,,,"),
            ("tax", ",4012345000016,x,piece,1,,,,,"),
            ("deposit", ",4012345000016,x,piece,1,,food,-0.25,,"),
            ("minimumAge", ",4012345000016,x,piece,1,,food,,+18,"),
            ("flags", ",4012345000016,x,piece,1,,food,,,free"),
        ])
    func badField(_ column: String, _ line: String) throws {
        let text = Self.header + ",plu:4011,Bananas,kg,1.99,,food,,,\n" + line + "\n"
        let error = #expect(throws: CatalogueError.self) { _ = try read(text) }
        #expect(error?.code == .csv && error?.line == 3 && error?.column == column)
    }

    @Test(
        "that is no RFC 4180 file is refused with its line",
        arguments: [
            (1, ""), (1, "codes,name,unit,price\n"), (1, "codes,name,unit,price,tax,colour\n"),
            (1, "codes,codes,name,unit,price,tax\n"), (1, "codes,\"name,unit,price,tax\n"),
            (2, "codes,name,unit,price,tax\n4012345000016,x\n"),
            (2, "codes,name,unit,price,tax\n4012345000016,a\"b,piece,1,food\n"),
            (2, "codes,name,unit,price,tax\n4012345000016,\"a\"b,piece,1,food\n"),
        ])
    func badFile(_ line: Int, _ text: String) {
        let error = #expect(throws: CatalogueError.self) { _ = try read(text) }
        #expect(error?.code == .csv)
        #expect(error?.line.map { $0 >= line } == true, "\(text)")
    }

    @Test("that lists a code or SKU twice is refused; a PLU may be shared")
    func duplicates() throws {
        let coffee = ",4012345000016,x,piece,1,,food,,,\n"
        for second in [coffee, "a,4012345000016,y,piece,1,,food,,,\n"] {
            let error = #expect(throws: CatalogueError.self) {
                _ = try read(Self.header + coffee + second)
            }
            #expect(error?.line == 3)
        }
        let mangos = "a,plu:4959,x,piece,1,,food,,,\nb,plu:4959,y,piece,1,,food,,,\n"
        #expect(try read(Self.header + mangos).products.count == 2)
    }

    @Test("that is not UTF-8 is refused")
    func notUTF8() {
        let bytes = Array("codes,name,unit,price,tax\n4012345000016,".utf8) + [0xE9, 0x0A]
        let error = #expect(throws: CatalogueError.self) {
            _ = try CatalogueCSV.products(from: bytes, currency: .euro)
        }
        #expect(error?.line == 2)
    }
}
