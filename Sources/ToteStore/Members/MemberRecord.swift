import GRDB
package import ToteMembers
import ToteValues

/// A member's row, opened.
package struct MemberRecord: Hashable, Sendable {
    package let id: String
    package let state: MemberState
    package let tier: Tier
    package let secret: [UInt8]
    package let name: String
    /// What the member types on the page.
    package let login: String
    package let password: PasswordHash?

    /// How the store's services refer to the member.
    /// - Parameter group: the store group in which the pairwise id counts.
    package func reference(group: UInt32) -> Caller.MemberReference {
        Caller.MemberReference(
            memberID: id,
            pairwiseID: RefreshSecret.pairwiseID(memberSecret: secret, group: group),
            state: state, tier: tier,
            // A trip under way goes on without member prices (members-privacy section 4).
            segments: state.startsTrips ? [tier.segment].compactMap { $0 } : [])
    }
}

/// A member to be written.
package struct NewMember: Sendable {
    package let login: String
    package let name: String
    package let tier: Tier
    package let state: MemberState
    package let password: PasswordHash?

    package init(
        login: String, name: String, tier: Tier, state: MemberState, password: PasswordHash?
    ) {
        self.login = login
        self.name = name
        self.tier = tier
        self.state = state
        self.password = password
    }
}

/// The only SQL over `member`.
struct MemberRows: Sendable {
    let seal: ColumnSeal
    let world: World

    private static let table = "member"

    func member(_ db: Database, id: String) throws -> MemberRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM member WHERE id = ?", arguments: [id])
            .flatMap(open)
    }

    func member(_ db: Database, login: String) throws -> MemberRecord? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM member WHERE issuer = '' AND subjectHash = ?",
            arguments: [Hashing.data(Self.subject(login))]
        ).flatMap(open)
    }

    func all(_ db: Database) throws -> [MemberRecord] {
        try Row.fetchAll(db, sql: "SELECT * FROM member").compactMap(open)
            .sorted { $0.login < $1.login }
    }

    /// - Returns: `false` when the login is taken.
    func insert(_ db: Database, _ member: NewMember) throws -> Bool {
        let id = Hex.encode(world.randomBytes(16))
        let profile = JSONValue.object([
            "login": .string(member.login), "name": .string(member.name),
        ])
        let now = world.now().unixSeconds
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO member (id, issuer, subjectHash, state, tierCode, tierFrom,
                    secretSealed, profileSealed, keyId, passwordSalt, passwordHash, createdAt)
                VALUES (?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, Hashing.data(Self.subject(member.login)), member.state.name,
                member.tier.code, now,
                Hashing.data(try sealed(world.randomBytes(32), "secretSealed", id)),
                Hashing.data(try sealed(profile.canonical, "profileSealed", id)),
                seal.keyID, member.password.map { Hashing.data($0.salt) },
                member.password.map { Hashing.data($0.hash) }, now,
            ])
        return db.changesCount == 1
    }

    func setState(_ db: Database, id: String, _ state: MemberState) throws {
        try db.execute(
            sql: "UPDATE member SET state = ? WHERE id = ?", arguments: [state.name, id])
    }

    /// Names are folded to lower case, so that a telephone's capital letter does no harm.
    private static func subject(_ login: String) -> [UInt8] {
        Hashing.sha256(Array(login.lowercased().utf8))
    }

    private func sealed(_ bytes: [UInt8], _ column: String, _ row: String) throws -> [UInt8] {
        try seal.seal(
            bytes, table: Self.table, column: column, row: row, nonce: world.randomBytes(12))
    }

    /// `nil` when a sealed column does not open: that row is as if it were not there.
    private func open(_ row: Row) -> MemberRecord? {
        let id: String = row["id"]
        guard
            let secret = seal.open(
                Hashing.bytes(row["secretSealed"]), table: Self.table, column: "secretSealed",
                row: id),
            let opened = seal.open(
                Hashing.bytes(row["profileSealed"]), table: Self.table, column: "profileSealed",
                row: id),
            let profile = try? StrictJSON.parse(opened),
            case .string(let name) = profile["name"], case .string(let login) = profile["login"]
        else { return nil }
        let code: Int = row["tierCode"]
        return MemberRecord(
            id: id, state: MemberState(name: row["state"]),
            tier: Tier.standard.first { $0.code == code } ?? .none, secret: secret, name: name,
            login: login, password: password(row))
    }

    private func password(_ row: Row) -> PasswordHash? {
        guard let salt: Data = row["passwordSalt"], let hash: Data = row["passwordHash"] else {
            return nil
        }
        return PasswordHash(salt: Array(salt), hash: Array(hash))
    }
}
