public import ToteValues

/// The problems that the specs name (`cart-sync.md` section 5, `payments.md`, `exits.md`,
/// `members-privacy.md` section 17), each with its one status.
extension Problem {
    /// 400: the bytes are no JSON of ours; the offset says where.
    public static func malformed(_ error: StrictJSONError) -> Problem {
        if error.code == .tooLong {
            return tooLarge(maxBytes: error.offset)
        }
        return Problem(
            status: 400, code: "malformed", detail: "The body is not strict JSON.",
            extra: [
                JSONMember("reason", .string(error.code.rawValue)),
                JSONMember("offset", .integer(Int64(error.offset))),
            ])
    }

    /// 400: a path, query or header that does not read.
    public static func malformed(_ detail: String) -> Problem {
        Problem(status: 400, code: "malformed", detail: detail)
    }

    /// 422 with the pointer of the member: `unknownField`, `notInteger`, else `invalid`.
    public static func invalid(_ error: JSONReadError) -> Problem {
        let code: Code =
            switch error.code {
            case .unknownField: "unknownField"
            case .notInteger: "notInteger"
            default: "invalid"
            }
        return Problem(
            status: 422, code: code, pointer: error.pointer,
            extra: [JSONMember("reason", .string(error.code.rawValue))])
    }

    /// 422: well read, but no value that can be.
    public static func invalid(_ detail: String, pointer: String? = nil) -> Problem {
        Problem(status: 422, code: "invalid", detail: detail, pointer: pointer)
    }

    /// 422: the same key came before with another body.
    public static let idempotencyConflict = Problem(status: 422, code: "idempotencyConflict")

    /// 401: no credential, or one that no longer holds.
    public static func unauthorised(_ detail: String? = nil) -> Problem {
        Problem(status: 401, code: "unauthorised", detail: detail)
    }

    public static let wrongStore = Problem(status: 403, code: "wrongStore")
    public static let wrongDevice = Problem(status: 403, code: "wrongDevice")
    public static let wrongRole = Problem(status: 403, code: "role")

    /// 403: only an active member starts a trip as member (MEM-1).
    public static let membershipInactive = Problem(
        status: 403, code: "membershipInactive",
        detail: "This membership cannot start a trip now; shop as a guest, or ask our staff.")

    /// 403: sign in more strongly (STEP-1).
    public static func stepUpRequired(_ assurance: String) -> Problem {
        Problem(
            status: 403, code: "stepUpRequired",
            extra: [
                JSONMember("neededAssurance", .string(assurance)),
                JSONMember("maxAgeSeconds", .integer(300)),
            ])
    }

    /// 404: unknown, or another member's: the same answer.
    public static let unknownCart = Problem(status: 404, code: "unknownCart")
    public static let notFound = Problem(status: 404, code: "notFound")
    public static let methodNotAllowed = Problem(status: 405, code: "methodNotAllowed")

    /// 409: the cursor is not of this log; nothing was applied.
    public static func resync(cursor: Cursor, ack: UInt64, reason: String) -> Problem {
        Problem(
            status: 409, code: "resync",
            extra: [
                JSONMember("cursor", .string(cursor.text)),
                JSONMember("ack", .integer(Int64(clamping: ack))),
                JSONMember("reason", .string(reason)),
            ])
    }

    /// 409: the cart is not open.
    public static func closed(state: String, ordinal: Int32) -> Problem {
        Problem(
            status: 409, code: "closed",
            extra: [
                JSONMember("state", .string(state)),
                JSONMember("ordinal", .integer(Int64(ordinal))),
            ])
    }

    /// 409: another body or state than the one that stands.
    public static func conflict(_ detail: String) -> Problem {
        Problem(status: 409, code: "conflict", detail: detail)
    }

    /// 413: obey this on this connection.
    public static func tooLarge(maxBytes: Int, maxOperations: Int = 100) -> Problem {
        Problem(
            status: 413, code: "tooLarge",
            extra: [
                JSONMember("maxBytes", .integer(Int64(maxBytes))),
                JSONMember("maxOperations", .integer(Int64(maxOperations))),
            ])
    }

    /// 415: not plain `application/json`, or compressed (LIM-1).
    public static let unsupportedMediaType = Problem(status: 415, code: "unsupportedMediaType")

    public static func tooManyRequests(retryAfterSeconds: Int) -> Problem {
        Problem(status: 429, code: "tooManyRequests", retryAfterSeconds: retryAfterSeconds)
    }

    /// 500: a defect of ours, told without any of its inside.
    public static let internalError = Problem(
        status: 500, code: "internal", detail: "The store could not answer. Nothing was lost.")

    public static func busy(retryAfterSeconds: Int = 1) -> Problem {
        Problem(status: 503, code: "busy", retryAfterSeconds: retryAfterSeconds)
    }

    /// 503: after a restore, until it is known what was paid (SYNC-60).
    public static func reconciling(retryAfterSeconds: Int = 5) -> Problem {
        Problem(status: 503, code: "reconciling", retryAfterSeconds: retryAfterSeconds)
    }

    public static func storageFull(retryAfterSeconds: Int = 30) -> Problem {
        Problem(status: 507, code: "storageFull", retryAfterSeconds: retryAfterSeconds)
    }
}
