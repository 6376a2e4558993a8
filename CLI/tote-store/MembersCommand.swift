import ArgumentParser
import ToteMembers
import ToteStore
import ToteTerminal
import ToteValues

struct MembersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "members", abstract: "List, add, suspend and lift members.",
        subcommands: [
            ListMembers.self, AddMember.self, SuspendMember.self, LiftMember.self,
        ], defaultSubcommand: ListMembers.self)
}

/// Opens the store's members; the server must not be running on this folder.
struct MembersPlace: ParsableArguments {
    @OptionGroup var place: FolderOption

    @Option(name: .long, help: "The store's number.")
    var store: UInt32 = 42

    func open() async throws -> MemberAuthority {
        try place.mustExist()
        let configuration = StoreConfiguration(folder: place.folder, storeNumber: store)
        return try await StoreServices.open(configuration, world: .system).members
    }
}

struct ListMembers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the members.",
        discussion: "Example: tote-store members list --folder /srv/tote")

    @OptionGroup var members: MembersPlace

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() async throws {
        let all = try await members.open().members()
        guard !json else {
            let values = all.map { member in
                JSONValue.object([
                    "login": .string(member.login), "state": .string(member.state.name),
                    "tier": .string(member.tier.name),
                ])
            }
            return try TerminalOutput.standard.line(JSONValue.array(values).prettyText)
        }
        for member in all {
            let text = "\(member.login)  \(member.state.name)  \(member.tier.name)"
            try TerminalOutput.standard.line(VisibleText.escaped(text))
        }
    }
}

struct AddMember: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an active member.",
        discussion: """
            Example: printf %s "$SECRET" | tote-store members add dora --name Dora \
            --password-stdin

            The password is read from standard input, never from the command line, where other \
            users could see it.
            """)

    @Argument(help: "The login: letters, digits, '.', '_' and '-'.")
    var login: String

    @Option(name: .long, help: "The member's name.")
    var name: String

    @Option(name: .long, help: "none, silver or gold.")
    var tier = "none"

    @Flag(name: .long, help: "Read the password from standard input.")
    var passwordStdin = false

    @OptionGroup var members: MembersPlace

    func validate() throws {
        guard passwordStdin else {
            throw ValidationError("Give the password on standard input: --password-stdin")
        }
        guard Tier.standard.contains(where: { $0.name == tier }) else {
            throw ValidationError("--tier is none, silver or gold.")
        }
    }

    func run() async throws {
        let bytes = try StoreInput.standardInput(atMost: 1024)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MemberAuthority.OperatorError.passwordRefused
        }
        let password = text.hasSuffix("\n") ? String(text.dropLast()) : text
        let tier = Tier.standard.first { $0.name == self.tier } ?? .none
        try await members.open().add(login: login, name: name, tier: tier, password: password)
        StoreRefusal.words("Added \(VisibleText.escaped(login)).")
    }
}

struct SuspendMember: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "Let a member start no new trip.",
        discussion: "Example: tote-store members suspend ben")

    @Argument(help: "The login.")
    var login: String

    @OptionGroup var members: MembersPlace

    func run() async throws { try await members.open().set(login: login, state: .suspended) }
}

struct LiftMember: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lift", abstract: "End a suspension.",
        discussion: "Example: tote-store members lift ben")

    @Argument(help: "The login.")
    var login: String

    @OptionGroup var members: MembersPlace

    func run() async throws { try await members.open().set(login: login, state: .active) }
}
