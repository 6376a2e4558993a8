import Crypto
public import ToteValues

extension Quote {
    /// The part that is compared with case files (section 2, "Result").
    public var result: JSONValue { .object(resultMembers(lines)) }

    /// The whole quote for a screen, a log or a message.
    public var json: JSONValue {
        .object(
            bindingMembers(lines) + [
                JSONMember("trail", .array(trail.map(\.json))),
                JSONMember("hints", .array(hints.map(\.json))),
            ])
    }

    /// The bytes that bind: result, inputs, unit nets, proof and pending coupons, as canonical
    /// JSON.
    ///
    /// Trail and hints explain and are left out. Lines stand in order of id, not of the cart, so
    /// the order of scans cannot change a byte (G5).
    public var canonicalBytes: [UInt8] {
        JSONValue.object(bindingMembers(lines.sorted { $0.id.precedes($1.id) })).canonical
    }

    /// SHA-256 over `tote/quote/1`, a zero byte and `canonicalBytes`: 32 bytes. Device and store
    /// compute the same hash from the same inputs.
    public var quoteHash: [UInt8] {
        Array(SHA256.hash(data: Array("tote/quote/1".utf8) + [0] + canonicalBytes))
    }

    private func bindingMembers(_ lines: [QuoteLine]) -> [JSONMember] {
        resultMembers(lines) + [
            JSONMember("inputs", inputs.json),
            JSONMember("currency", .string(currency.code)),
            JSONMember("unitNets", unitNetsJSON),
            JSONMember("proof", proof.json),
            JSONMember("pendingCoupons", .strings(pendingCoupons)),
        ]
    }

    private func resultMembers(_ lines: [QuoteLine]) -> [JSONMember] {
        let members: [(String, JSONValue?)] = [
            ("lines", .array(lines.map(\.json))),
            ("applications", .array(applications.map(\.json))),
            ("gross", .integer(gross)), ("discount", .integer(discount)),
            ("deposit", .integer(deposit)), ("tax", .map(tax)), ("total", .integer(total)),
            ("notApplied", notApplied.isEmpty ? nil : notAppliedJSON),
            ("declined", declined.flatMap { $0.isEmpty ? nil : .strings($0) }),
            ("snapPaid", tenders.snapPaid.map { .integer($0) }),
            ("giftCardPaid", tenders.giftCardPaid.map { .integer($0) }),
            ("otherTender", tenders.otherTender.map { .integer($0) }),
            ("cashDue", tenders.cashDue.map { .integer($0) }),
            ("cashRounding", tenders.cashRounding.map { .integer($0) }),
            ("points", points.map { .integer($0) }), ("stamps", stamps?.json),
        ]
        return members.compactMap { name, value in value.map { JSONMember(name, $0) } }
    }

    private var notAppliedJSON: JSONValue {
        .object(
            notApplied.keys.sortedByBytes().map {
                JSONMember($0, .string(notApplied[$0] ?? ""))
            })
    }

    private var unitNetsJSON: JSONValue {
        .object(
            unitNets.keys.sortedByBytes().map { id in
                JSONMember(
                    id,
                    .array(
                        (unitNets[id] ?? []).map {
                            .array([.integer($0.net), .integer($0.count)])
                        }))
            })
    }
}

extension QuoteLine: JSONWritable {
    public var json: JSONValue {
        .object([
            "id": .string(id), "gross": .integer(gross), "discount": .integer(discount),
            "net": .integer(net), "taxCategory": .string(taxCategory),
            "deposit": deposit == 0 ? nil : .integer(deposit),
            "taxable": showsTaxable ? .integer(taxable) : nil,
            "snapPaid": snapPaid.map { .integer($0) },
        ])
    }
}

extension Application: JSONWritable {
    public var json: JSONValue {
        .object([
            "promotion": .string(promotion), "layer": .string(layer.rawValue),
            "discount": .integer(discount), "lines": .map(lines),
            "uses": uses.map { .map($0) },
        ])
    }
}

extension StampCard: JSONWritable {
    public var json: JSONValue {
        .object([
            "earned": .integer(earned), "balance": .integer(balance),
            "cardsCompleted": .integer(cardsCompleted),
        ])
    }
}
