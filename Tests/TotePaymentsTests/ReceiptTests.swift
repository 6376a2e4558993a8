import Crypto
import Testing
import ToteCarts
import TotePayments
import ToteValues

@Suite("Receipts")
struct ReceiptTests {
    @Test("the worked receipt of RCP-6 is reproduced byte for byte")
    func workedReceipt() throws {
        let receipt = try Sample.receipt()
        #expect(receipt.json.canonicalText == Sample.receiptText)
        #expect(receipt.json.canonical.count == 1478)
        #expect(
            Hex.encode(SHA256.hash(data: receipt.json.canonical))
                == "5fc6d9e1b88cc1b4c1fe5c4b55c3f368c4c233f89fc4a8acc1f61bbfd53d70e8")
        #expect(
            Hex.encode(receipt.receiptID)
                == "0bda8f1fa808c974e229084682bb95a73c11cbc202029e2e29cc54d5fe5e83bb")
    }

    @Test("the worked receipt's signature is the spec's, and it verifies")
    func workedSignature() throws {
        let key = try Sample.receiptKey()
        #expect(
            Hex.encode(key.publicKey.rawRepresentation)
                == "a09aa5f47a6759802ff955f8dc2d2a14a5c99d23be97f864127ff9383455a4f0")
        let signed = try Sample.signed()
        #expect(
            Hex.encode(signed.signature)
                == "ba2d81a331962de059814749eaaebc794c9afe91878d9e60d3f2e70d16f02d82"
                + "d563d00170d4300c056628f8142ca567e5bf12fe821be905e3e9d8297d192501")
        try ReceiptVerification.verify(signed, key: key.publicKey)
    }

    @Test("the text form is RCP-7's, 42 columns")
    func textForm() throws {
        let text = """
            Store 42      Receipt 1   2026-11-21 18:00
            Coffee beans 500 g                   12.90
            Red wine 0.75 l                       9.99
              wine-150                           -1.50
              deposit                             0.25
            Bananas  742 g                        1.48
            ------------------------------------------
            Total EUR                            23.12
              incl. 7 % on 14.38                  0.94
              incl. 19 % on 8.49                  1.36
            Gift card                            10.00
            Visa 4242                            13.12
            0bda8f1f a808c974  tote receipt verify

            """
        #expect(try Sample.signed().text == text)
    }

    @Test("names that would break the print are escaped and cut")
    func hostileNames() throws {
        var receipt = try Sample.receipt()
        receipt.body.lines[0].name = "A\u{1B}[2J\u{202E}" + String(repeating: "x", count: 60)
        let text = try SignedReceipt(signing: receipt, with: Sample.receiptKey()).text
        let rows = text.split(separator: "\n")
        #expect(rows[1].hasPrefix("A\\u001b[2J\\u202exx"))
        #expect(rows.allSatisfy { $0.count <= SignedReceipt.columns })
    }

    @Test("every single-byte change of a signed receipt is refused")
    func singleByteChanges() throws {
        let signed = try Sample.signed()
        let bytes = Array(Sample.receiptText.utf8)
        let key = try Sample.receiptKey().publicKey
        var accepted: [Int] = []
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 0x01
            guard let value = try? StrictJSON.parse(changed),
                let receipt = try? Receipt(json: JSONField(value))
            else { continue }
            let forged = SignedReceipt(receipt: receipt, signature: signed.signature)
            if (try? ReceiptVerification.verify(forged, key: key)) != nil { accepted.append(index) }
        }
        #expect(accepted.isEmpty)
    }

    @Test("a receipt survives the wire")
    func roundTrip() throws {
        let signed = try Sample.signed()
        let read = try SignedReceipt(json: JSONField(StrictJSON.parse(signed.json.canonical)))
        #expect(read == signed)
    }

    @Test("the first figure that does not follow is named", arguments: Self.changes)
    func firstDifference(change: FigureChange) throws {
        var receipt = try Sample.receipt()
        change.apply(&receipt.body)
        let difference = #expect(throws: ReceiptDifference.self) {
            try ReceiptVerification.verifyFigures(of: receipt)
        }
        #expect(difference?.pointer == change.pointer)
    }

    struct FigureChange: Sendable, CustomTestStringConvertible {
        let pointer: String
        let apply: @Sendable (inout ReceiptBody) -> Void
        var testDescription: String { pointer }
    }

    static let changes: [FigureChange] = [
        FigureChange(pointer: "/lines/1/net") { $0.lines[1].net = 850 },
        FigureChange(pointer: "/lines/1/discount") { $0.lines[1].offers[0].discount = 149 },
        FigureChange(pointer: "/lines/0/unitNets") { $0.lines[0].unitNets[0].net = 1 },
        FigureChange(pointer: "/lines/0/pieces") { $0.lines[0].pieces = 2 },
        FigureChange(pointer: "/lines/2/line") { $0.lines[2].line = 4 },
        FigureChange(pointer: "/taxes") { $0.taxes.removeLast() },
        FigureChange(pointer: "/taxes/0/gross") { $0.taxes[0].gross = 1437 },
        FigureChange(pointer: "/taxes/0/tax") { $0.taxes[0].tax = 95 },
        FigureChange(pointer: "/taxes/1/net") { $0.taxes[1].net = 714 },
        FigureChange(pointer: "/totals/gross") { $0.totals.gross = 1 },
        FigureChange(pointer: "/totals/deposit") { $0.totals.deposit = 24 },
        FigureChange(pointer: "/totals/tax") { $0.totals.tax = 0 },
        FigureChange(pointer: "/totals/total") { $0.totals.total = 2311 },
        FigureChange(pointer: "/tenders") { $0.totals.cashRounding = 3 },
    ]

    @Test("tax on top is re-derived too")
    func exclusiveTax() throws {
        var receipt = try Sample.receipt()
        receipt.body.taxMode = .exclusive
        receipt.body.taxes = [
            ReceiptTax(category: "food", basisPoints: 700, gross: 1539, net: 1438, tax: 101),
            ReceiptTax(category: "std", basisPoints: 1900, gross: 1010, net: 849, tax: 161),
        ]
        receipt.body.totals.tax = 262
        receipt.body.totals.total = 2574
        receipt.tenders[1].amount = 1574
        try ReceiptVerification.verifyFigures(of: receipt)
    }

    @Test("an unknown member, a wrong version and a wrong basket are refused")
    func refusesWhatItDoesNotKnow() throws {
        let changes = [
            (#""version":1"#, #""version":2"#), (#""version":1"#, #""version":1,"x":1"#),
            ("145d96996e0a342c", "145d96996e0a342d"), (#""exponent":2"#, #""exponent":3"#),
            (#""purpose":"receipt""#, #""purpose":"refund""#),
        ]
        for (old, new) in changes {
            let text = Sample.receiptText.replacing(old, with: new)
            let value = try StrictJSON.parse(Array(text.utf8))
            #expect(throws: JSONReadError.self) { try Receipt(json: JSONField(value)) }
        }
    }
}
