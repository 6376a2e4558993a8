public import ToteCarts
public import TotePayments
public import ToteValues

/// A set that a payer confirmed, as the device kept it before it sent the close (SYNC-56).
public struct ConfirmedSet: Hashable, Sendable {
    public let ordinal: Int32
    public let closeID: CloseID
    /// What the payer saw.
    public let cursor: Cursor
    public let at: Moment
    public let dots: [DotUnits]
    /// Minor units.
    public let totalMinor: Int64
    public let currency: Currency
    /// 32 bytes.
    public let quoteHash: [UInt8]

    public init(
        ordinal: Int32, closeID: CloseID, cursor: Cursor, at: Moment, dots: [DotUnits],
        totalMinor: Int64, currency: Currency, quoteHash: [UInt8]
    ) {
        self.ordinal = ordinal
        self.closeID = closeID
        self.cursor = cursor
        self.at = at
        self.dots = dots
        self.totalMinor = totalMinor
        self.currency = currency
        self.quoteHash = quoteHash
    }

    /// What a device keeps of a close.
    public init(_ pending: PendingClose) {
        self.init(
            ordinal: pending.ordinal, closeID: pending.closeID, cursor: pending.cursor,
            at: pending.at, dots: pending.confirmedSet, totalMinor: pending.totalMinor,
            currency: pending.currency, quoteHash: pending.quoteHash)
    }
}

extension ConfirmedSet: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "ordinal": .integer(Int64(ordinal)), "closeId": .string(closeID.text),
            "cursor": .string(cursor.text), "at": .string(at.text),
            "dots": .array(dots.map(\.json)), "totalMinor": .integer(totalMinor),
            "currency": .string(currency.code), "quoteHash": .string(Hex.encode(quoteHash)),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            ordinal: Int32(try reader.required("ordinal").integer(in: 1...Int64(Int32.max))),
            closeID: try reader.required("closeId").parsed { CloseID(text: $0) },
            cursor: try reader.required("cursor").parsed { Cursor(text: $0) },
            at: try reader.required("at").parsed { Moment(text: $0) },
            dots: try reader.required("dots").readArray(DotUnits.self),
            totalMinor: try reader.required("totalMinor").integer(),
            currency: try reader.required("currency").parsed { Currency(code: $0) },
            quoteHash: try reader.required("quoteHash").parsed {
                Hex.decode($0).flatMap { $0.count == 32 ? $0 : nil }
            })
        try reader.finish()
    }
}

/// `POST /v1/carts/{id}/attest`: what a device remembers of a cart's payments, for a store that
/// was restored (SYNC-61).
public struct AttestRequest: Hashable, Sendable {
    /// A cart has few closes; more than this is no device of ours.
    public static let most = 20

    public let receipts: [SignedReceipt]
    public let confirmedSets: [ConfirmedSet]

    public init(receipts: [SignedReceipt], confirmedSets: [ConfirmedSet]) {
        self.receipts = receipts
        self.confirmedSets = confirmedSets
    }
}

extension AttestRequest: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "receipts": .array(receipts.map(\.json)),
            "confirmedSets": .array(confirmedSets.map(\.json)),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let receipts = try reader.required("receipts").array(maxCount: Self.most)
            .map { (field) throws(JSONReadError) in try SignedReceipt(json: field) }
        let sets = try reader.required("confirmedSets").array(maxCount: Self.most)
            .map { (field) throws(JSONReadError) in try ConfirmedSet(json: field) }
        self.init(receipts: receipts, confirmedSets: sets)
        try reader.finish()
    }
}

public struct AttestAnswer: Hashable, Sendable {
    public let cursor: Cursor
    /// The store cannot say yet what became of a payment: nothing is charged, a close waits.
    public let mustReconcile: Bool

    public init(cursor: Cursor, mustReconcile: Bool) {
        self.cursor = cursor
        self.mustReconcile = mustReconcile
    }
}

extension AttestAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object(["cursor": .string(cursor.text), "mustReconcile": .bool(mustReconcile)])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            cursor: try reader.required("cursor").parsed { Cursor(text: $0) },
            mustReconcile: try reader.required("mustReconcile").bool())
    }
}
