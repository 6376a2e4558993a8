import Testing
import ToteStore

@Suite("Where a store answers")
struct StoreAddressTests {
    @Test("a loopback store answers under all names of this machine")
    func loopback() {
        let address = StoreAddress(publicURL: nil)
        address.bound(host: "127.0.0.1", port: 8080)
        #expect(address.base == "http://127.0.0.1:8080")
        #expect(address.all.contains("http://localhost:8080"))
        #expect(address.all.contains("http://[::1]:8080"))
    }

    @Test("a store on all addresses names itself by one that works here")
    func wildcard() {
        let address = StoreAddress(publicURL: nil)
        address.bound(host: "0.0.0.0", port: 80)
        #expect(address.base == "http://127.0.0.1:80")
        address.bound(host: "::", port: 80)
        #expect(address.base == "http://127.0.0.1:80")
        address.bound(host: "192.0.2.1", port: 80)
        #expect(address.base == "http://192.0.2.1:80")
    }

    @Test("a public URL is the only name, wherever the server listens")
    func publicURL() {
        let address = StoreAddress(publicURL: "https://shop.example")
        address.bound(host: "127.0.0.1", port: 8080)
        #expect(address.all == ["https://shop.example"])
    }

    @Test(
        "a public URL has scheme, host and port only",
        arguments: [
            ("https://shop.example", true), ("http://127.0.0.1:80", true),
            ("https://[::1]:1", true), ("https://", false), ("shop.example", false),
            ("https://a/b", false), ("https://a?b", false), ("https://u@a", false),
            ("https://a b", false),
        ])
    func base(text: String, isBase: Bool) {
        #expect(StoreAddress.isBase(text) == isBase)
    }
}
