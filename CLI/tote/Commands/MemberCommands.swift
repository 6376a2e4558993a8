import ArgumentParser
import Tote
import ToteTerminal
import ToteValues

struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Sign in as a member of the store.",
        discussion: """
            Example: tote login --store http://127.0.0.1:8080

            Shows a code to confirm in a browser (RFC 8628) and waits for it. No password ever \
            passes through this program. --json prints {"userCode", "verificationUri", \
            "verificationUriComplete", "expiresIn"} on one line at once, then, once confirmed, \
            the member as in tote whoami.
            """)

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.open()
        let prompt = try await trip.startSignIn()
        if options.json {
            try Console.data(prompt.json.canonicalText)
        } else {
            SignInText(prompt: prompt).show()
        }
        let member = try await trip.finishSignIn()
        if options.json {
            try Console.data(member.json.canonicalText)
        } else {
            Console.words("Signed in.")
            try Console.data(MemberText.line(member))
        }
    }
}

struct LogoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Sign out and wipe this device's tokens.",
        discussion: """
            Example: tote logout

            Works offline. The cart goes on as a guest's. --json prints {"signedIn": false}.
            """)

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.open()
        // Signed out already is signed out.
        if try await trip.isSignedIn { try await trip.signOut() }
        if options.json {
            try Console.data(.object(["signedIn": .bool(false)]))
        } else {
            Console.words("Signed out.")
        }
    }
}

struct WhoAmICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Show who is signed in on this device.",
        discussion: """
            Example: tote whoami --json

            --json prints {"signedIn": true, "name", "state", "tier", "points", "assurance", \
            "expiresAt"}, or {"signedIn": false}.
            """)

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.open()
        let member = try await trip.whoami()
        guard options.json else {
            return try Console.data(member.map(MemberText.line) ?? "guest")
        }
        var members = [JSONMember("signedIn", .bool(member != nil))]
        if case .object(let more)? = member?.json { members += more }
        try Console.data(.object(members))
    }
}

enum MemberText {
    /// `Ada, gold, active, 1250 points, signed in until 2026-11-22T10:00:00Z`.
    static func line(_ member: Membership) -> String {
        let parts = [
            VisibleText.escaped(member.name), member.tier.map { VisibleText.escaped($0) },
            member.state, member.points.map { "\($0) points" },
            "signed in until \(member.expiresAt.text)",
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }
}

/// Where to confirm, the code, and a QR for a phone.
struct SignInText {
    let prompt: SignInPrompt

    func show() {
        if let code = QRText.halfBlocks(prompt.verificationURIComplete) { Console.words(code) }
        Console.words(
            """
            Open   \(VisibleText.escaped(prompt.verificationURI))
            enter  \(prompt.userCode)
            Waiting for you, at most \(prompt.expiresInSeconds / 60) minutes.
            """)
    }
}
