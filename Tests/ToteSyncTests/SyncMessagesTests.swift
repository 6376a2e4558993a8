import Testing
import ToteCarts
import ToteMessages
import ToteValues

private enum Wire {
    static let device = String(repeating: "a1", count: 16)

    static func push(_ operations: String, from: String = "41", extra: String = "") -> String {
        #"{"cursor":null,"device":"\#(device)","incarnation":"00000000000000b2","from":\#(from),"#
            + #""operations":[\#(operations)]\#(extra)}"#
    }

    static let scan =
        #"{"seq":41,"scan":{"at":"2026-11-21T10:15:00Z","book":812,"#
        + #""code":"4006381333931","shown":199,"symbology":"ean13","units":1}}"#

    static let unfit = [
        push(#"{"seq":42,"skip":{"reason":"a"}}"#), push(#"{"seq":41}"#),
        push(#"{"seq":41,"skip":{"reason":"a"},"attach":{}}"#), push(scan, from: "0"),
        push(scan, from: "-1"), push(scan, extra: #","more":1"#),
        push(#"{"seq":41,"skip":{"reason":"a","more":1}}"#), #"{}"#, "[]",
    ]
}

@Suite("The wire of cart sync")
struct SyncMessagesTests {
    @Test("the spec's request reads and writes")
    func request() throws {
        let value = try StrictJSON.parse(Array(Wire.push(Wire.scan).utf8))
        let request = try SyncRequest(json: JSONField(value))
        #expect(request.operations.map(\.dot.sequence) == [41])
        #expect(try SyncRequest(json: JSONField(request.json)) == request)
    }

    @Test("what does not fit the schema is refused", arguments: Wire.unfit)
    func refused(text: String) throws {
        let value = try StrictJSON.parse(Array(text.utf8))
        #expect(throws: JSONReadError.self) { try SyncRequest(json: JSONField(value)) }
    }

    @Test("an answer reads, with members and kinds of a newer store")
    func newerAnswer() throws {
        let text =
            #"{"cursor":"5f3a9c0e12b4d687.58.\#(Wire.device)","ack":41,"state":"open","#
            + #""results":[],"mood":1,"operations":[{"rev":58,"device":"\#(Wire.device)","#
            + #""incarnation":"00000000000000b2","seq":41,"role":"shopper","lock":812},"#
            + #"{"rev":59,"device":"\#(Wire.device)","incarnation":"00000000000000b2","seq":42,"#
            + #""role":"kiosk","disposition":"rejected","wave":{"hand":"left"}}],"more":false}"#
        let value = try StrictJSON.parse(Array(text.utf8))
        let answer = try SyncAnswer(json: JSONField(value))
        #expect(answer.delta.entries[0].body == nil)
        #expect(answer.delta.entries[0].priceLock == 812)
        #expect(answer.delta.entries[1].disposition == .rejected)
        #expect(answer.delta.entries[1].body?["wave"]?["hand"] == .string("left"))
        #expect(try SyncAnswer(json: JSONField(answer.json)) == answer)
    }

    @Test("an answer about a void that came too late reads (merge table row 3)")
    func superseded() throws {
        let stream = Stream(device: DeviceID(Bytes16(high: 1, low: 2)), incarnation: Incarnation(3))
        let targets = [0, 3].map { units in
            DotUnits(
                dot: Dot(
                    device: stream.device, incarnation: stream.incarnation,
                    sequence: UInt64(units) + 1), units: units)
        }
        let result = SyncResult(sequence: 7, disposition: .superseded, removed: targets)
        let value = try StrictJSON.parse(result.json.canonical)
        #expect(try SyncResult(json: JSONField(value)) == result)
    }

    @Test("routes fill their templates")
    func routes() {
        let cart = CartID(Bytes16(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0001))
        #expect(Route.sync(cart).path == "/v1/carts/\(cart.text)/sync")
        #expect(Route.sync(cart).method == "POST")
        #expect(Route.log(cart, cursor: nil).path == "/v1/carts/\(cart.text)/log")
        #expect(Route.createCart.path == "/v1/carts")
    }
}
