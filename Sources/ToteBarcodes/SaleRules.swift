public import ToteValues

/// What a store makes of dates that the law leaves to it (EXP-2). A part of `StoreRules`.
public struct SaleRules: Hashable, Sendable {
    /// AI 16 before today.
    public let sellByPassed: Finding.Severity
    /// AI 15 before today.
    public let bestBeforePassed: Finding.Severity

    public init(
        sellByPassed: Finding.Severity = .ask, bestBeforePassed: Finding.Severity = .note
    ) {
        self.sellByPassed = sellByPassed
        self.bestBeforePassed = bestBeforePassed
    }

    public static let standard = SaleRules()
}

extension SaleRules: JSONReadable, JSONWritable {
    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let sellBy = try reader.optional("sellByPassed")?.parsed(Finding.Severity.init(rawValue:))
        let best = try reader.optional("bestBeforePassed")?.parsed(
            Finding.Severity.init(rawValue:))
        try reader.finish()
        self.init(sellByPassed: sellBy ?? .ask, bestBeforePassed: best ?? .note)
    }

    public var json: JSONValue {
        .object([
            "sellByPassed": .string(sellByPassed.rawValue),
            "bestBeforePassed": .string(bestBeforePassed.rawValue),
        ])
    }
}
