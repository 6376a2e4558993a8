import Crypto
import Foundation
import Testing
import ToteBarcodes
import ToteCatalogue
import ToteStore
import ToteValues

@Suite("A store's catalogue")
struct StoreCatalogueTests {
    let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    @Test("begins with the given assortment and is there again after a restart, same bytes")
    func restart() throws {
        let first = try folder.open(first: DemoShop.assortment())
        let again = try folder.open()
        #expect(again.catalogue.catalogueVersion == 1)
        #expect(again.document(since: nil) == first.document(since: nil))
        #expect(again.priceBook(since: nil) == first.priceBook(since: nil))
        #expect(again.document(since: 1) == nil && again.priceBook(since: 1) == nil)
    }

    @Test("reaches a device through the wire form")
    func device() throws {
        let store = try folder.open(first: DemoShop.assortment())
        let documents = try [store.document(since: nil), store.priceBook(since: nil)].map {
            let wire = try #require($0).json.canonical
            let value = try StrictJSON.parse(wire, limits: SignedDocument.limits)
            return try SignedDocument(json: JSONField(value))
        }
        let device = try Catalogue.install(
            catalogue: documents[0], book: documents[1], keys: store.keys,
            path: folder.path + "/device.sqlite")
        #expect(device.count() == store.catalogue.count())
    }

    @Test("takes a CSV as the next version of both documents and keeps the offers")
    func importCSV() throws {
        let store = try folder.open(first: DemoShop.assortment())
        let offers = try store.catalogue.promotions()
        let csv = "codes,name,unit,price,tax\n4012345000016,Coffee,piece,13.50,food\n"
        #expect(try store.importCSV(Array(csv.utf8), at: folder.morning) == 1)
        #expect(store.catalogue.catalogueVersion == 2 && store.catalogue.bookVersion == 2)
        #expect(try store.catalogue.promotions() == offers)
        let coffee = "04012345000016"
        let item = try store.catalogue.item(sku: coffee, at: folder.morning)
        #expect(item.shelfPriceMinor == 1350)
        #expect(store.catalogue.shelfPrice(sku: coffee, book: 1, at: folder.morning) == 1290)
        #expect(try folder.open().catalogue.catalogueVersion == 2)
    }

    @Test("takes a dictionary of identifiers with the articles, and names the line of a bad one")
    func dictionary() throws {
        let store = try folder.open(first: DemoShop.assortment())
        let csv = Array("codes,name,unit,price,tax\n4012345000016,Coffee,piece,13.50,food\n".utf8)
        let dictionary = "01 *? N14,csum dlpkey # GTIN\n299 ? N4,hhmi req=01 # ENTRY\n"
        try store.importCSV(csv, dictionary: Array(dictionary.utf8), at: folder.morning)
        let identifiers = store.catalogue.profile.rules.identifiers
        #expect(identifiers.count == 2)
        #expect(try folder.open().catalogue.profile.rules.identifiers == identifiers)
        try store.importCSV(csv, at: folder.morning)
        #expect(store.catalogue.profile.rules.identifiers == identifiers)
        let error = #expect(throws: CatalogueError.self) {
            try store.importCSV(csv, dictionary: Array("01 N14,luhn".utf8), at: folder.morning)
        }
        #expect(error?.code == .badDocument && error?.line == 1)
        #expect(error?.message.contains("the linter 'luhn' is not known") == true)
        #expect(store.catalogue.profile.rules.identifiers == identifiers)
    }

    @Test("stays as it is after a bad CSV")
    func badCSV() throws {
        let store = try folder.open(first: DemoShop.assortment())
        let before = store.document(since: nil)
        let csv = "codes,name,unit,price,tax\n4012345000017,Coffee,piece,13.50,food\n"
        let error = #expect(throws: CatalogueError.self) {
            try store.importCSV(Array(csv.utf8), at: folder.morning)
        }
        #expect(error?.code == .csv && error?.line == 2 && error?.column == "codes")
        #expect(store.document(since: nil) == before)
    }

    @Test("without a file or with another store's keys does not open")
    func refusals() throws {
        let missing = #expect(throws: CatalogueError.self) { _ = try folder.open() }
        #expect(missing?.code == .notInstalled)
        _ = try folder.open(first: DemoShop.assortment())
        let stranger = DocumentSigner(
            keyNumber: 3, privateKey: Curve25519.Signing.PrivateKey())
        let error = #expect(throws: CatalogueError.self) {
            _ = try StoreCatalogue(
                folder: folder.path, catalogueSigner: stranger, priceBookSigner: stranger,
                at: folder.morning)
        }
        #expect(error?.code == .badSignature)
    }
}
