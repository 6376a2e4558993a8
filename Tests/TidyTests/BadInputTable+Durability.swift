/// The cases that carts and sync answer for (SYNC-78).
extension BadInputCase {
    static let durability = [
        BadInputCase(
            id: "BAD-015", listed: "exit 0|75",
            ours: "75 busy; commands that meet for a moment wait",
            tests: [
                "a second tote on the same home is told to try later, and the cart is as it was",
                "commands that meet for a moment wait for each other",
            ]),
        BadInputCase(
            id: "BAD-043", listed: "storageCorrupt|schemaTooNew",
            ours: "salvaged and kept beside; schemaTooNew; storageReadOnly",
            tests: [
                "in whatever way it is no database, is kept beside and replaced (BAD-043)",
                "of a newer version is refused and left as it was, byte for byte",
                "that takes no writes refuses the scan, and shows the cart (SYNC-25, SYNC-78)",
            ]),
        BadInputCase(
            id: "BAD-046", listed: "ok", ours: "stored byte for byte; codeTooLong",
            tests: [
                "SQL in a text is a text, byte for byte (BAD-046)"
            ]),
        BadInputCase(
            id: "BAD-048", listed: "ok", ours: "the old cart or the new one",
            tests: [
                "no scan that was acknowledged is lost by kill -9, and the store gets each one once",
                "whose making was cut off by a crash is rolled back and opens (SYNC-I19)",
            ]),
        BadInputCase(
            id: "BAD-070", listed: "409|410", ours: "",
            tests: [],
            open: "a cart cannot be handed to a kiosk yet (SYNC-65)"),
        BadInputCase(
            id: "BAD-071", listed: "state empty", ours: "",
            tests: [],
            open: "there is no kiosk session yet (SYNC-67)"),
        BadInputCase(
            id: "BAD-073", listed: "404", ours: "404 unknownCart",
            tests: [
                "another guest's cart is as unknown as one that does not exist",
                "another's cart is as unknown as none, and a device pushes only as itself",
                "no pass without payment, and none for another's trip",
            ]),
        BadInputCase(
            id: "BAD-074", listed: "403", ours: "refused",
            tests: [
                "a shopper writes no price, hold, release or settlement",
                "tokens of one store are not taken to another",
            ],
            open: "attendants, managers and kiosks have no credentials yet"),
        BadInputCase(
            id: "BAD-075", listed: "422 unknownField", ours: "422 unknownField",
            tests: [
                "without a credential, with unknown members or a wrong store, nothing is done"
            ]),
        BadInputCase(
            id: "BAD-076", listed: "200 + repriced",
            ours: "the store's own price; 412 quoteChanged",
            tests: [
                "a close at an older cursor, another total, a hold or no price is refused (row 13)"
            ]),
        BadInputCase(
            id: "BAD-077", listed: "400|413", ours: "malformed, tooLarge",
            tests: [
                "depth, count and length are bounded",
                "oversized, compressed and foreign bodies are refused before they are read",
            ]),
        BadInputCase(
            id: "BAD-078", listed: "400", ours: "malformed",
            tests: [
                "what two parsers could read differently is refused (JSON-1)",
                "what is no UTF-8 is refused: overlong, cut, UTF-16, surrogate, beyond Unicode",
            ]),
        BadInputCase(
            id: "BAD-079", listed: "400|413|422", ours: "malformed, invalid",
            tests: [
                "depth, count and length are bounded"
            ]),
        BadInputCase(
            id: "BAD-080", listed: "415", ours: "415",
            tests: [
                "oversized, compressed and foreign bodies are refused before they are read"
            ]),
        BadInputCase(
            id: "BAD-088", listed: "429", ours: "",
            tests: [],
            open: "no limit of requests a second yet"),
        BadInputCase(
            id: "BAD-091", listed: "200", ours: "200, applied once",
            tests: [
                "a push that is repeated, overlapping or early applies nothing twice (SYNC-40)"
            ]),
        BadInputCase(
            id: "BAD-092", listed: "422 idempotencyConflict", ours: "idempotencyConflict",
            tests: [
                "idempotency keys: needed, remembered, bound to their body (BAD-092)"
            ]),
        BadInputCase(
            id: "BAD-093", listed: "409", ours: "the first answer",
            tests: [
                "two captures at once take the money once (BAD-096)"
            ]),
        BadInputCase(
            id: "BAD-094", listed: "200", ours: "200; the time is shown, nothing else",
            tests: [
                "a device's clock ten years off changes nothing but what it claims (BAD-094)"
            ]),
        BadInputCase(
            id: "BAD-095", listed: "412 cartChanged|quoteChanged, 409 held",
            ours: "cartChanged, quoteChanged, held",
            tests: [
                "a recalled lot is stopped on the device and in the store",
                "a close at an older cursor, another total, a hold or no price is refused (row 13)",
            ]),
        BadInputCase(
            id: "BAD-133", listed: "400|422", ours: "malformed",
            tests: [
                "numbers that are no integers are told apart from malformed ones (JSON-2)",
                "what two parsers could read differently is refused (JSON-1)",
            ]),
    ]
}
