import Foundation
import Testing
import ToteValues

@Suite("What is typed wrong", .enabled(if: Program.areBuilt))
struct ArgumentTests {
    /// BAD-001 to BAD-005, BAD-009, BAD-013: words after `tote`, exit code, a word of the message.
    static let usage: [([String], String)] =
        [
            ([], "Say what to do"),
            (["frobnicate"], "frobnicate"),
            (["cart", "--frobnicate"], "--frobnicate"),
            (["cart", "--home"], "--home"),
            (["cart", "--home", "/tmp/a", "--home", "/tmp/b"], "twice"),
            (["cart", "--store=https://a.example", "--store", "https://b.example"], "twice"),
            (["login", "--password", "x"], "--password"),
            (["scan"], "Name pictures"),
            (["scan", "-", "a.png"], "stands alone"),
            (["remove"], "--all"),
            (["set", "1", "0"], "1 to 999"),
            (["set", "1", "1000"], "1 to 999"),
            (["pay", "--split", "giftCard"], "--split"),
            (["pay", "--split", "giftCard:0,cardOnFile:rest"], "--split"),
            (["pay", "--split", "cardOnFile:rest,giftCard:100"], "--split"),
            (["pay", "--split", "cardOnFile:rest,giftCard:rest"], "--split"),
            (["pay", "--resume", "--split", "cardOnFile:rest"], "--resume"),
            (["pay", "--gift-card", "GC-1"], "--gift-card"),
            (["receipt", "--text", "--json"], "--json"),
            (["add", String(repeating: "4", count: 100_000)], "longer than"),
            (["cart", "--limit"], "--limit"),
            (["scan", "a.png", "--camera", "/dev/video0"], "Name pictures"),
            (["scan", "--camera", "x", "--scanner", "y"], "Name pictures"),
            (["scan", "--camera", "x", "--pick", "1"], "--pick"),
            (["scan", "a.png", "--seconds", "3"], "--seconds"),
            (["scan", "--camera", "x", "--seconds", "0"], "1 to 86400"),
            (["scan", "--camera", "x", "--count", "1e3"], "1 to 100000"),
            (["scan", "--camera", "x", "--group-separator", "|"], "--scanner"),
            (["scan", "--scanner", "-", "--group-separator", "0"], "no digit"),
            (["scan", "--scanner", "-", "--group-separator", "||"], "one ASCII"),
        ]
        + ["0", "-1", "1000", "1e3", "1e9", "99999999999999999999", "1.5", "٣", "+1", "0x10", ""]
        .flatMap { [["scan", "a.png", "--qty", $0], ["add", "4012345000016", "--qty", $0]] }
        .map { ($0, "--qty is a whole number from 1 to 999") }
        + ["0", "-5", "100000", "7.5", ""].map {
            (["add", "4011", "--grams", $0], "--grams is a whole number from 1 to 99999")
        }

    @Test("usage errors exit 64, name the cause and leave nothing behind", arguments: usage)
    func usageErrors(arguments: [String], word: String) async throws {
        let home = try TemporaryFolder()
        let path = home.path + "/device"
        let outcome = try await Program.tote.run(arguments, environment: ["TOTE_HOME": path])
        #expect(outcome.status == 64, "\(outcome.err)")
        #expect(outcome.out.isEmpty)
        #expect(outcome.err.contains(word), "\(outcome.err)")
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a huge argument is quoted with at most 80 characters")
    func hugeArgument() async throws {
        let long = String(repeating: "\u{1B}[2J", count: 1500)
        let outcome = try await Program.tote.run(["cart", long])
        #expect(outcome.status == 64)
        #expect(outcome.err.utf8.count < 600)
        #expect(!outcome.err.utf8.contains(0x1B))
    }

    @Test(
        "a store address that would leak or not work is refused before any byte is sent",
        arguments: [
            "http://shop.example", "file:///etc/passwd", "ftp://shop.example", "shop.example",
            "https://user:pass@shop.example", "https://shop.example/#frag", "https://", "",
            "http://127.0.0.1@shop.example",
        ])
    func storeAddress(address: String) async throws {
        let home = try TemporaryFolder()
        let outcome = try await Program.tote.run(
            ["cart", "--store", address, "--json"], environment: ["TOTE_HOME": home.path])
        #expect(outcome.status == 78, "\(outcome.err)")
        #expect(outcome.refusal == "badStoreAddress")
    }

    @Test("help and version go to standard output")
    func asked() async throws {
        let version = try await Program.tote.run(["--version"])
        #expect(version.status == 0)
        #expect(version.text.hasPrefix("0."))
        let help = try await Program.tote.run(["--help"])
        #expect(help.status == 0)
        #expect(help.text.contains("Exit codes"))
    }

    @Test(
        "every command has help with an example",
        arguments: [
            "login", "logout", "whoami", "shop", "scan", "add", "set", "remove", "cart", "offers",
            "sync", "pay", "exit", "pass", "receipt", "lookup", "explain", "doctor",
        ])
    func commandHelp(command: String) async throws {
        let help = try await Program.tote.run([command, "--help"])
        #expect(help.status == 0)
        #expect(help.text.contains("Example"))
    }

    @Test("completions are made for each shell", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) async throws {
        let script = try await Program.tote.run(["--generate-completion-script", shell])
        #expect(script.status == 0)
        #expect(script.text.contains("lookup"))
    }
}
