import Testing
import ToteCarts
import ToteValues

@Suite("Operations as JSON")
struct CartOperationTests {
    static let dot = CartFixture.dot(CartFixture.a, 7)

    static let bodies: [CartOperationBody] = [
        CartFixture.scan(), .scan(measured), CartFixture.void((dot, 3)), .clip(key: "c"),
        .decline(key: "d"), .unclip(dot), .attach, .attr(dot: dot, key: "age", value: "18"),
        .release(dot), .skip(reason: "invalid"), .hold(dot: dot, reason: "age"),
        .reject(dot: dot, reason: "recall"), .price(dots: [dot], book: 3),
        .join(from: CartFixture.cart),
        .inherit(
            InheritBody(
                from: CartFixture.cart,
                dots: [InheritedDot(dot: dot, units: 2, scan: measured, priceLock: 812)])),
        .close(
            CloseBody(
                ordinal: 2, closeID: CloseID(Bytes16(high: 1, low: 2)),
                setHash: LogHash(Bytes16(high: 3, low: 4)), totalMinor: 1995, currency: .euro,
                quoteHash: [1, 2], only: [dot])),
        .reopened(ordinal: 1, reason: "voided"),
        .settled(
            SettledBody(
                ordinal: 1, receipt: "r", carried: [DotUnits(dot: dot, units: 1)], refunds: [])),
        .unknown(kind: "wave", .object([JSONMember("hand", .string("left"))])),
        .scan(chosen),
    ]

    static let chosen = ScanBody(
        code: "94959", symbology: "typed", units: 2, book: 1, shown: 279,
        at: Moment(milliseconds: 1), article: "04012345005103")

    static let measured = ScanBody(
        code: "2812345005005", symbology: "ean13", units: 1, weightGrams: 500,
        embeddedPriceMinor: 129, book: 1, shown: 129, at: Moment(milliseconds: 1))

    @Test("every body reads back as it was written", arguments: bodies)
    func roundTrip(body: CartOperationBody) throws {
        let operation = CartOperation(dot: Self.dot, body: body)
        let value = try StrictJSON.parse(operation.canonicalBody)
        #expect(try CartOperation(dot: Self.dot, bodyJSON: value, strict: true) == operation)
    }

    @Test(
        "what a device may not write is refused",
        arguments: [
            #"{}"#, #"{"skip":{"reason":"a"},"attach":{}}"#, #"{"clip":{"key":1}}"#,
            #"{"clip":{"key":"a","more":1}}"#, #"{"void":{"reason":"x","targets":[]}}"#,
            #"{"void":{"reason":"x","targets":[{"dot":"a.b.1","units":1}]}}"#,
            scan(units: "0"), scan(units: "1000"), scan(units: "1e2"), scan(units: "\"3\""),
            scan(units: "-1"), scan(code: ""), scan(code: String(repeating: "1", count: 513)),
            scan(at: "2026-02-30T10:15:00Z"),
        ])
    func refused(text: String) throws {
        let value = try StrictJSON.parse(Array(text.utf8))
        #expect(throws: JSONReadError.self) {
            try CartOperation(dot: Self.dot, bodyJSON: value, strict: true)
        }
    }

    @Test("a reader keeps members it does not know, so that the hash still fits")
    func newerStore() throws {
        let text = #"{"clip":{"key":"a","since":5}}"#
        let value = try StrictJSON.parse(Array(text.utf8))
        let operation = try CartOperation(dot: Self.dot, bodyJSON: value, strict: false)
        #expect(operation.body == .clip(key: "a"))
        #expect(operation.canonicalBody == Array(text.utf8))
    }

    @Test("a frozen cart reads back, and not with a forged key")
    func frozen() throws {
        let frozen = FrozenCart(
            cart: CartFixture.cart, ordinal: 1,
            cursor: Cursor(
                epoch: Epoch(5), revision: 2, hash: LogHashing.start(CartFixture.cart)),
            dots: [DotUnits(dot: Self.dot, units: 2)], totalMinor: 398, currency: .euro,
            at: Moment(milliseconds: 1000), quoteHash: [9], book: 812, engine: "1")
        let bytes = frozen.json.canonical
        #expect(try FrozenCart(json: JSONField(try StrictJSON.parse(bytes))) == frozen)
        let forged = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\"ordinal\":1").joined(separator: "\"ordinal\":2")
        #expect(throws: JSONReadError.self) {
            try FrozenCart(json: JSONField(try StrictJSON.parse(Array(forged.utf8))))
        }
    }

    private static func scan(
        units: String = "1", code: String = "40063", at: String = "2026-11-21T10:15:00Z"
    ) -> String {
        #"{"scan":{"at":"\#(at)","book":1,"code":"\#(code)","shown":1,"symbology":"ean13","#
            + #""units":\#(units)}}"#
    }
}
