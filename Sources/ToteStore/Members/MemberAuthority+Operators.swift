import GRDB
package import ToteMembers
import ToteValues

/// What operators do with members; each writes a security event.
extension MemberAuthority {
    /// Why a member could not be added or changed.
    package enum OperatorError: String, Error {
        case loginTaken, passwordRefused, unknownMember
    }

    package func members() async throws -> [MemberRecord] {
        try await database.read { db in try rows.all(db) }
    }

    /// - Throws: `OperatorError`.
    package func add(
        login: String, name: String, tier: Tier, password: String
    ) async throws {
        guard PasswordBench.accepts(password) else { throw OperatorError.passwordRefused }
        let hash = try await bench.hash(password, salt: world.randomBytes(16))
        let added = try await database.write { db in
            let member = NewMember(
                login: login, name: name, tier: tier, state: .active, password: hash)
            guard try rows.insert(db, member) else { return false }
            try record(db, event: "memberAdded")
            return true
        }
        guard added else { throw OperatorError.loginTaken }
    }

    /// Suspends or lifts; a suspended member's sessions go on as guests at the next request.
    /// - Throws: `OperatorError.unknownMember`.
    package func set(login: String, state: MemberState) async throws {
        let known = try await database.write { db in
            guard let member = try rows.member(db, login: login) else { return false }
            try rows.setState(db, id: member.id, state)
            try record(db, event: "memberSet:\(state.name)", member: member.id)
            return true
        }
        guard known else { throw OperatorError.unknownMember }
    }

    package func member(login: String) async throws -> MemberRecord? {
        try await database.read { db in try rows.member(db, login: login) }
    }
}
