package import ToteMembers

/// The three members of the demo shop. Their passwords are public: never a real shop's.
package enum DemoMembers {
    package struct Entry: Sendable {
        package let login: String
        package let name: String
        package let tier: Tier
        package let password: String
        /// Points in the account when the shop opens.
        package let points: Int64
    }

    package static let all = [
        Entry(
            login: "ada", name: "Ada", tier: .gold, password: "correct-horse-ada", points: 1200),
        Entry(
            login: "ben", name: "Ben", tier: .silver, password: "correct-horse-ben", points: 300),
        Entry(
            login: "cleo", name: "Cleo", tier: .none, password: "correct-horse-cleo", points: 0),
    ]

    /// Adds those who are not there yet.
    package static func seed(_ authority: MemberAuthority) async throws {
        for entry in all where try await authority.member(login: entry.login) == nil {
            try await authority.add(
                login: entry.login, name: entry.name, tier: entry.tier,
                password: entry.password)
        }
    }
}
