import Crypto
import Foundation
import GRDB
import Testing
import ToteBarcodes
import ToteCatalogue
import ToteStorage
import ToteValues

@Suite("Installing a catalogue")
struct InstallTests {
    let shop: Shop

    init() throws { shop = try Shop() }

    private func refusal(
        catalogue: SignedDocument? = nil, book: SignedDocument? = nil
    ) throws -> CatalogueError.Code? {
        let catalogue = try catalogue ?? shop.catalogue(version: 2)
        let book = try book ?? shop.book(version: 2)
        do {
            _ = try Catalogue.install(
                catalogue: catalogue, book: book, keys: shop.keys, path: shop.path)
            return nil
        } catch {
            return error.code
        }
    }

    private func isUnchanged(_ before: Data) throws -> Bool {
        try Data(contentsOf: URL(fileURLWithPath: shop.path)) == before
            && shop.names == ["catalogue.sqlite"]
    }

    @Test("makes it readable, also after opening it anew, and leaves one file")
    func install() throws {
        let offer = JSONValue.object(["id": .string("P1"), "type": .string("percentOff")])
        _ = try Catalogue.install(
            catalogue: shop.catalogue(version: 7), book: shop.book(version: 9, promotions: [offer]),
            keys: shop.keys, path: shop.path)
        let catalogue = try Catalogue.open(path: shop.path)
        #expect(catalogue.catalogueVersion == 7 && catalogue.bookVersion == 9)
        #expect(catalogue.profile == Shop.profile)
        #expect(catalogue.count() == Shop.products.count)
        #expect(try catalogue.promotions() == [offer])
        #expect(shop.names == ["catalogue.sqlite"])
    }

    @Test("with a wrong signature or an unknown key is refused and the old one stays")
    func signatures() throws {
        _ = try shop.install()
        let before = try Data(contentsOf: URL(fileURLWithPath: shop.path))
        let good = try (catalogue: shop.catalogue(version: 2), book: shop.book(version: 2))
        var changed = good.catalogue
        changed.body[30] ^= 1
        #expect(try refusal(catalogue: changed) == .badSignature)
        var cut = good.book
        cut.signature.removeLast()
        #expect(try refusal(book: cut) == .badSignature)
        var otherKey = good.book
        otherKey.key = 3
        #expect(try refusal(book: otherKey) == .unknownKey)
        #expect(try refusal(catalogue: good.book) == .unknownKey)
        #expect(try isUnchanged(before))
        #expect(try Catalogue.open(path: shop.path).catalogueVersion == 1)
    }

    @Test("does not take a price book's signature for a catalogue's")
    func domains() throws {
        let body = try shop.catalogue().body
        let signature = try shop.catalogueKey.signature(
            for: SignedDocument.signedBytes(body, kind: .priceBook))
        let crossed = SignedDocument(body: body, key: 3, signature: Array(signature))
        #expect(try refusal(catalogue: crossed) == .badSignature)
    }

    @Test("that is signed well but says nonsense is refused")
    func nonsense() throws {
        _ = try shop.install()
        let before = try Data(contentsOf: URL(fileURLWithPath: shop.path))
        let texts = [
            "", "{}", "[]", #"{"version":0,"profile":{},"products":[]}"#, "{\"version\":1,}",
            #"{"version":1e2}"#,
        ]
        for text in texts {
            let body = Array(text.utf8)
            let signature = try shop.catalogueKey.signature(
                for: SignedDocument.signedBytes(body, kind: .catalogue))
            let document = SignedDocument(body: body, key: 3, signature: Array(signature))
            #expect(try refusal(catalogue: document) == .badDocument, "\(text)")
        }
        #expect(try isUnchanged(before))
    }

    @Test("with two articles of one SKU is refused and the old one stays")
    func duplicateSKU() throws {
        _ = try shop.install()
        let before = try Data(contentsOf: URL(fileURLWithPath: shop.path))
        let twice = try shop.catalogue(version: 2, products: Shop.products + [Shop.products[0]])
        #expect(try refusal(catalogue: twice) == .storage)
        #expect(try isUnchanged(before))
    }

    @Test("older than the one in force is refused; the same again is not")
    func versions() throws {
        _ = try Catalogue.install(
            catalogue: shop.catalogue(version: 5), book: shop.book(version: 5), keys: shop.keys,
            path: shop.path)
        #expect(
            try refusal(catalogue: shop.catalogue(version: 4), book: shop.book(version: 6))
                == .olderVersion)
        #expect(
            try refusal(catalogue: shop.catalogue(version: 6), book: shop.book(version: 4))
                == .olderVersion)
        #expect(
            try refusal(catalogue: shop.catalogue(version: 5), book: shop.book(version: 5)) == nil)
    }

    @Test("keeps the books of price locks, and goes on beside an old reader")
    func keepsBooks() throws {
        let old = try shop.install()
        let cheaper = [PriceEntry(sku: "plu:4011", list: "shelf", price: 99)]
        let new = try Catalogue.install(
            catalogue: shop.catalogue(version: 2), book: shop.book(version: 2, entries: cheaper),
            keys: shop.keys, path: shop.path)
        #expect(new.shelfPrice(sku: "plu:4011", book: 1, at: shop.noon) == 199)
        #expect(new.shelfPrice(sku: "plu:4011", book: 2, at: shop.noon) == 99)
        #expect(try old.item(sku: "plu:4011", at: shop.noon).shelfPriceMinor == 199)
        let error = #expect(throws: CatalogueError.self) {
            try old.installBook(shop.book(version: 3), keys: shop.keys)
        }
        #expect(error?.code == .storage)
    }

    @Test("of one store with the book of another is refused")
    func wrongStore() throws {
        #expect(try refusal(book: shop.book(version: 2, store: 43)) == .wrongStore)
    }

    @Test("book that is older, unsigned or of another store leaves the one in force")
    func badBooks() throws {
        let catalogue = try Catalogue.install(
            catalogue: shop.catalogue(), book: shop.book(version: 5), keys: shop.keys,
            path: shop.path)
        var unsigned = try shop.book(version: 6)
        unsigned.signature = Array(repeating: 0, count: 64)
        let books: [(SignedDocument, CatalogueError.Code)] = [
            (unsigned, .badSignature), (try shop.book(version: 4), .olderVersion),
            (try shop.book(version: 6, store: 1), .wrongStore),
        ]
        for (book, code) in books {
            let error = #expect(throws: CatalogueError.self) {
                try catalogue.installBook(book, keys: shop.keys)
            }
            #expect(error?.code == code)
        }
        #expect(catalogue.bookVersion == 5)
        #expect(try Catalogue.open(path: shop.path).bookVersion == 5)
    }

    @Test("replaces a damaged file; opening one says it is damaged")
    func damaged() throws {
        _ = try shop.install()
        let whole = try Data(contentsOf: URL(fileURLWithPath: shop.path))
        let damages = [whole.prefix(whole.count - 4096), Data("nonsense".utf8), Data()]
        for damage in damages {
            try damage.write(to: URL(fileURLWithPath: shop.path))
            let error = #expect(throws: CatalogueError.self) {
                _ = try Catalogue.open(path: shop.path)
            }
            #expect(error?.code == .damagedSnapshot)
            #expect(try refusal() == nil)
        }
    }

    @Test("file is not read whole when it is opened: damage in its depth shows at the look-up")
    func cheapOpening() throws {
        let many = (0..<2000).map { Product(sku: "sku-\($0)", name: "Thing \($0)", codes: []) }
        _ = try Catalogue.install(
            catalogue: shop.catalogue(products: many), book: shop.book(), keys: shop.keys,
            path: shop.path)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: shop.path))
        let productRow = try #require(bytes.range(of: Data("Thing 1000".utf8)))
        let page = productRow.lowerBound / 4096 * 4096
        bytes.replaceSubrange(page..<page + 4096, with: Data(repeating: 0xFF, count: 4096))
        try bytes.write(to: URL(fileURLWithPath: shop.path))
        let catalogue = try Catalogue.open(path: shop.path)
        #expect(catalogue.count() == 2000)
        let error = #expect(throws: CatalogueError.self) {
            _ = try catalogue.item(sku: "sku-1000", at: shop.noon)
        }
        #expect(error?.code == .damagedSnapshot)
    }

    @Test("never opens a file that is not there")
    func absent() {
        let error = #expect(throws: CatalogueError.self) {
            _ = try Catalogue.open(path: shop.path)
        }
        #expect(error?.code == .notInstalled)
        #expect(shop.names.isEmpty)
    }

    @Test("in a folder that is not there is refused")
    func noFolder() throws {
        let error = #expect(throws: CatalogueError.self) {
            _ = try Catalogue.install(
                catalogue: shop.catalogue(), book: shop.book(), keys: shop.keys,
                path: shop.folder + "/missing/catalogue")
        }
        #expect(error?.code == .storage)
        #expect(error?.storage?.code == .cannotOpen)
    }

    @Test("document comes back from its wire form byte for byte")
    func wireForm() throws {
        let document = try shop.catalogue()
        let wire = document.json.canonical
        let value = try StrictJSON.parse(wire, limits: SignedDocument.limits)
        #expect(try SignedDocument(json: JSONField(value)) == document)
    }

    @Test("puts every look-up on an index, so that 100,000 articles cost what ten do")
    func indexes() throws {
        _ = try shop.install()
        let queue = try DatabaseQueue(path: shop.path)
        let queries = [
            "SELECT product.json FROM code JOIN product ON product.number = code.product WHERE code.key = 'a'",
            "SELECT json FROM product WHERE sku = 'a'",
            "SELECT * FROM priceEntry WHERE book = 1 AND sku = 'a'",
            "SELECT json FROM promotion WHERE book = 1 ORDER BY position",
        ]
        for query in queries {
            let plan = try queue.read {
                try Row.fetchAll($0, sql: "EXPLAIN QUERY PLAN " + query)
                    .map { row -> String in row["detail"] }
            }
            #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(query): \(plan)")
        }
    }
}
