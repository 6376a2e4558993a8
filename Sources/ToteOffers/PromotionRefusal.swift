public import ToteValues

/// What is wrong with a promotion (OFF-76).
public enum PromotionError: String, Error, Sendable, CaseIterable {
    case duplicateId, unknownType, unknownLayer
    case unknownField, missingField, wrongType, conflictingFields
    case outOfRange, emptySelector, typeNotInLayer, badSchedule, badTiers, textTooLong, badText
}

/// A promotion that was refused when the book was loaded; all others are kept (OFF-76).
public struct PromotionRefusal: Hashable, Sendable, JSONWritable {
    /// Empty when the promotion has no readable id.
    public var promotionId: String
    /// RFC 6901 pointer inside the promotion, empty for the whole.
    public var fieldPath: String
    public var error: PromotionError

    public init(promotionId: String, fieldPath: String, error: PromotionError) {
        self.promotionId = promotionId
        self.fieldPath = fieldPath
        self.error = error
    }

    public var json: JSONValue {
        .object([
            "promotionId": .string(promotionId), "fieldPath": .string(fieldPath),
            "error": .string(error.rawValue),
        ])
    }
}

/// The first fault found in one promotion.
struct PromotionFault: Error, Hashable {
    let error: PromotionError
    let fieldPath: String

    init(_ error: PromotionError, _ fieldPath: String) {
        self.error = error
        self.fieldPath = fieldPath
    }

    init(_ error: JSONReadError) {
        self.fieldPath = error.pointer
        self.error =
            switch error.code {
            case .unknownField: .unknownField
            case .missingField: .missingField
            case .conflictingFields: .conflictingFields
            case .textTooLong: .textTooLong
            case .outOfRange: .outOfRange
            case .wrongType, .notInteger, .invalid: .wrongType
            }
    }
}
