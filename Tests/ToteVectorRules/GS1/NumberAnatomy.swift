import ToteBarcodes
import ToteValues

/// What a number says of itself, in the field names of the vectors.
enum NumberAnatomy {
    static func gtin(_ text: String, region: String? = nil) -> JSONValue? {
        guard let gtin = GTIN14(text) else { return nil }
        let label =
            gtin.restriction == .region
            ? region.flatMap { RegionRules.label(gtin, region: $0) } : nil
        let usage: String? = gtin.restriction.map { $0 == .company ? "company" : "geo" }
        let isLocal = gtin.restriction == .region && region != nil
        var members: [JSONMember] = [
            JSONMember("value", .string(text)),
            JSONMember("format", .integer(Int64(gtin.format.rawValue))),
            JSONMember("prefix", .object(["value": .string(gtin.prefix)])),
            JSONMember("payload", .string(gtin.payload)),
            JSONMember("check_digit", .integer(Int64(gtin.checkDigit))),
        ]
        if gtin.format == .gtin14 {
            members.append(JSONMember("packaging_level", .integer(Int64(gtin.indicator))))
        }
        if let usage { members.append(JSONMember("usage", .string(usage))) }
        if let region, isLocal { members.append(JSONMember("region", .string(region))) }
        if let item = item(gtin, label) { members.append(JSONMember("item_reference", item)) }
        if let label, let region { members += RegionRules.fields(label, region: region) }
        return .object(members)
    }

    /// Behind the prefix, where its length is known without a table.
    private static func item(_ gtin: GTIN14, _ label: Label?) -> JSONValue? {
        if let label { return .string(label.item) }
        if gtin.restriction == .company { return .string(String(gtin.payload.dropFirst())) }
        return gtin.format == .gtin8 ? .string(String(gtin.payload.dropFirst(3))) : nil
    }

    static func upcA(_ gtin: GTIN14) -> JSONValue? {
        guard let text = gtin.text(as: .gtin12) else { return nil }
        return .object([
            "value": .string(text), "format": .string("upc_a"),
            "number_system_digit": .integer(Int64(text.prefix(1)) ?? 0),
            "payload": .string(String(text.dropLast())),
            "check_digit": .integer(Int64(gtin.checkDigit)),
        ])
    }

    static func upcE(_ text: String) -> JSONValue? {
        guard let gtin = GTIN14(upcE: text) else { return nil }
        let full = text.utf8.count == 6 ? "0" + text : text
        return .object([
            "value": .string(text), "format": .string("upc_e"),
            "number_system_digit": .integer(Int64(full.prefix(1)) ?? 0),
            "payload": .string(String(full.prefix(7))),
            "check_digit": .integer(Int64(gtin.checkDigit)),
        ])
    }

    static func sscc(_ text: String) -> JSONValue? {
        guard let code = ShippingCode(text) else { return nil }
        return .object([
            "value": .string(text), "prefix": .object(["value": .string(code.prefix)]),
            "extension_digit": .integer(Int64(code.extensionDigit)),
            "payload": .string(code.payload), "check_digit": .integer(Int64(code.checkDigit)),
        ])
    }

    static func gln(_ text: String) -> JSONValue? {
        guard text.utf8.count == 13, CheckDigit.isRight(Array(text.utf8)) else { return nil }
        return .object([
            "value": .string(text),
            "prefix": .object(["value": .string(GS1Prefix.of(text) ?? "")]),
            "payload": .string(String(text.dropLast())),
            "check_digit": .integer(Int64(text.suffix(1)) ?? 0),
        ])
    }
}
