import Crypto
import GRDB
import ToteMembers
import ToteValues

/// What a member does on the page: approve or deny the device that shows a code.
extension MemberAuthority {
    /// What the page's form sent, with the browser's form id.
    package struct Approval: Sendable {
        package let form: String
        package let userCode: String
        package let login: String
        package let password: String
        package let approves: Bool
        /// Where the request came from; only its hash is kept.
        package let source: String

        package init(
            form: String, userCode: String, login: String, password: String, approves: Bool,
            source: String
        ) {
            self.form = form
            self.userCode = userCode
            self.login = login
            self.password = password
            self.approves = approves
            self.source = source
        }
    }

    package enum ApprovalOutcome: Hashable, Sendable {
        case approved(name: String)
        case denied
        /// Unknown, expired, used or mistyped: all the same answer.
        case wrongCode
        /// Unknown member, wrong password or suspended: all the same answer (LOGIN-10).
        case refused
        case tooMany(retryAfterSeconds: Int)
    }

    private enum Step: Sendable {
        case done(ApprovalOutcome)
        case check(MemberRecord?, code: Data)
    }

    package func decide(_ approval: Approval) async throws -> ApprovalOutcome {
        let step = try await database.write { db in try begin(approval, db) }
        guard case .check(let member, let code) = step else {
            if case .done(let outcome) = step { return outcome }
            return .refused
        }
        let matches = try await bench.matches(
            approval.password, member?.password ?? PasswordHash.nobody)
        guard matches, let member, member.password != nil, member.state.signsIn else {
            try await database.write { db in
                try record(db, event: "passwordRefused", member: member?.id)
            }
            return .refused
        }
        return try await database.write { db in
            try LoginThrottle(now: world.now().unixSeconds).forgive(
                db, member: approval.login, source: approval.source)
            return try settle(db, code: code, state: "approved", member: member.id)
                ? .approved(name: member.name) : .wrongCode
        }
    }

    private func begin(_ approval: Approval, _ db: Database) throws -> Step {
        let now = world.now().unixSeconds
        let throttle = LoginThrottle(now: now)
        if let seconds = try throttle.codeWait(db, form: approval.form) {
            return .done(.tooMany(retryAfterSeconds: seconds))
        }
        guard let code = try pendingCode(db, approval.userCode, now) else {
            try throttle.countWrongCode(db, form: approval.form)
            return .done(.wrongCode)
        }
        guard approval.approves else {
            let denied = try settle(db, code: code, state: "denied", member: nil)
            return .done(denied ? .denied : .wrongCode)
        }
        let wait = try throttle.countPassword(
            db, member: approval.login, source: approval.source)
        if let wait { return .done(.tooMany(retryAfterSeconds: wait)) }
        return .check(try rows.member(db, login: approval.login), code: code)
    }

    private func pendingCode(_ db: Database, _ text: String, _ now: Int64) throws -> Data? {
        guard let code = UserCode.normalised(text) else { return nil }
        return try Data.fetchOne(
            db,
            sql: """
                SELECT codeHash FROM deviceGrant
                WHERE userCodeHash = ? AND state = 'pending' AND expiresAt > ?
                """,
            arguments: [Hashing.of(code), now])
    }

    private func settle(
        _ db: Database, code: Data, state: String, member: String?
    ) throws -> Bool {
        try db.execute(
            sql: """
                UPDATE deviceGrant SET state = ?, memberId = ?
                WHERE codeHash = ? AND state = 'pending' AND expiresAt > ?
                """,
            arguments: [state, member, code, world.now().unixSeconds])
        return db.changesCount == 1
    }

    /// The token that a form must send back, for the form id in the browser's cookie: a page of
    /// another site has neither.
    package func formToken(_ form: String) -> String {
        let key = SymmetricKey(data: formSecret)
        let code = HMAC<SHA256>.authenticationCode(
            for: signatureDomain("csrf") + Array(form.utf8), using: key)
        return Base64URL.encode(code)
    }

    package func newForm() -> String { Hex.encode(world.randomBytes(16)) }

    package func accepts(form: String, token: String) -> Bool {
        Hashing.equal(Array(formToken(form).utf8), Array(token.utf8))
    }
}
