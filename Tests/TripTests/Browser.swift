import Foundation
import Testing

/// A member in front of a browser, played by curl.
struct Browser {
    let store: String
    private let curl = Program(path: "/usr/bin/curl")

    /// Confirms a sign-in code at `/activate`, as the member does.
    func approve(_ code: String, member: String = "ada") async throws {
        let folder = try TemporaryFolder()
        let cookies = folder.path + "/cookies"
        let page = try await curl.run(
            ["-sSf", "-c", cookies, "\(store)/activate?user_code=\(code)"])
        let token = try #require(
            page.text.firstMatch(of: /name="csrf" value="([^"]*)"/)?.output.1, "\(page.err)")
        let form = [
            "csrf": String(token), "user_code": code, "member": member,
            "password": "correct-horse-\(member)", "action": "approve",
        ]
        let fields = form.flatMap { ["--data-urlencode", "\($0.key)=\($0.value)"] }
        let answer = try await curl.run(["-sSf", "-b", cookies, "\(store)/activate"] + fields)
        #expect(answer.status == 0, "\(answer.err)")
    }

    func get(_ path: String) async throws -> String {
        try await curl.run(["-sSf", store + path]).text
    }
}

extension Device {
    /// `tote login`, confirmed in the browser meanwhile.
    func signIn(at store: String, as member: String = "ada") async throws {
        let folder = try TemporaryFolder()
        let login = try Program.tote.start(
            ["login", "--json"], output: folder.path + "/out", errors: folder.path + "/err",
            environment: environment)
        var code: String?
        for _ in 0..<200 where code == nil {
            let words = try String(contentsOfFile: folder.path + "/out", encoding: .utf8)
            code = words.firstMatch(of: /"userCode":"([^"]*)"/).map { String($0.output.1) }
            try await Task.sleep(for: .milliseconds(50))
        }
        try await Browser(store: store).approve(try #require(code), member: member)
        #expect(await login.end(limitSeconds: 60) == 0)
    }
}
