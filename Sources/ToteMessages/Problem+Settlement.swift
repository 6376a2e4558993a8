public import TotePayments
public import ToteValues

extension Problem {
    /// What `SettlementError` is on the wire (ORD-6).
    public init(_ error: SettlementError) {
        let status =
            switch error.code {
            case .illegalTransition, .quoteStale, .authorisationExpired: 409
            case .tenderSumMismatch, .tenderNotOffered, .sameTenderTwice, .looksLikeCardNumber,
                .amount:
                422
            }
        self.init(
            status: status, code: Code(rawValue: error.code.rawValue),
            detail: error.message + " " + error.mend)
    }

    /// 409: the balance does not cover what was asked of it (BAD-041, BAD-042).
    public static func insufficient(_ kind: TenderKind, available: Int64) -> Problem {
        Problem(
            status: 409, code: kind == .points ? "insufficientPoints" : "tenderChanged",
            detail: "There is not that much on this \(kind.title.lowercased()).",
            extra: [JSONMember("available", .integer(available))])
    }

    /// 403: the token belongs to somebody else, or nobody is signed in to own one (BAD-106).
    public static func notYourTender(_ kind: TenderKind) -> Problem {
        Problem(
            status: 403, code: "notYourTender",
            detail: "This tender (\(kind.name)) cannot be used by this shopper.")
    }

    /// 422: no such gift card, account or token.
    public static func unknownTender(_ kind: TenderKind) -> Problem {
        Problem(
            status: 422, code: "unknownTender",
            detail: "The store knows no such tender (\(kind.name)). Check its number.")
    }

    /// 409: goods that are sold from an age on need an associate's approval first (AGE-1). No
    /// money has moved; the lines are named, so that they can be taken out (AGE-5).
    public static func approvalMissing(_ lines: [RestrictedLine]) -> Problem {
        let classes = Set(lines.map(\.minimumAge)).sorted()
        return Problem(
            status: 409, code: "approvalMissing",
            detail: RestrictedLine.sentence(lines),
            extra: [
                JSONMember("classes", .array(classes.map { .integer(Int64($0)) })),
                JSONMember("lines", .array(lines.map(\.json))),
            ])
    }

    /// 409: the same key is still being worked on (IDM-3).
    public static let stillRunning = Problem(
        status: 409, code: "stillRunning", retryAfterSeconds: 1)

    /// 422 with the time of the first request (IDM-3).
    public static func idempotencyConflict(firstAt: Moment) -> Problem {
        var problem = Problem.idempotencyConflict
        problem.extra = [JSONMember("firstAt", .string(firstAt.text))]
        return problem
    }

    /// 409: nothing is paid, so there is nothing to leave with (INV-2).
    public static let notPaid = Problem(
        status: 409, code: "notPaid", detail: "This trip is not paid yet.")

    /// 409: the pass was issued too often or too long ago (ISS-2); an associate helps.
    public static let reissueLimit = Problem(
        status: 409, code: "reissueLimit",
        detail: "This pass cannot be renewed any more. Please use the staffed exit.")
}
