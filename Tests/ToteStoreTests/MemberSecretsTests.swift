import Testing
import ToteStore
import ToteValues

/// The worked examples of members-privacy section 19.
@Suite("Members' secrets")
struct MemberSecretsTests {
    @Test("pairwise ids are those of example 1")
    func pairwise() {
        let secret = [UInt8](repeating: 5, count: 32)
        #expect(
            Hex.encode(RefreshSecret.pairwiseID(memberSecret: secret, group: 1001))
                == "39937dc2f0f3fa99043058aea643a0db")
        #expect(
            Hex.encode(RefreshSecret.pairwiseID(memberSecret: secret, group: 1002))
                == "ba947d0b5cdb11a5b1a028fdaef6db1a")
    }

    @Test("the sealed column is that of example 3, and opens only in its row")
    func sealed() throws {
        let seal = ColumnSeal(key: [UInt8](repeating: 1, count: 32), keyID: 5)
        let sealed = try seal.seal(
            Array("Ada".utf8), table: "member", column: "displayName", row: "42",
            nonce: Array(0..<12))
        #expect(
            Hex.encode(sealed)
                == "0100000005000102030405060708090a0bfac2f4010e8c10d674e7a2e7c17e1f7e335232")
        let opened = seal.open(sealed, table: "member", column: "displayName", row: "42")
        #expect(opened == Array("Ada".utf8))
        #expect(seal.open(sealed, table: "member", column: "displayName", row: "43") == nil)
        #expect(seal.open(sealed, table: "member", column: "name", row: "42") == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(
                seal.open(changed, table: "member", column: "displayName", row: "42") == nil)
        }
        #expect(seal.open([1, 0], table: "member", column: "displayName", row: "42") == nil)
    }

    @Test("refresh tokens are those of example 4")
    func refreshTokens() {
        let secret = RefreshSecret([UInt8](repeating: 3, count: 32))
        #expect(secret.token(1) == "PCG3XU7_W1UF-go795xtfZu4RX_UlzHTLzmBKT50uEI")
        #expect(secret.token(2) == "Y6gAwnZ5GDqcAl-0mb_g_GfDaG2QUbXJbpravQiwgW0")
    }

    @Test("a password is the same however its letters were composed")
    func composition() async throws {
        let bench = PasswordBench()
        let stored = try await bench.hash("p\u{E9}cheur-18", salt: [UInt8](repeating: 2, count: 16))
        #expect(try await bench.matches("pe\u{301}cheur-18", stored))
        #expect(try await !bench.matches("pecheur-18", stored))
        #expect(PasswordBench.accepts("12345678") && !PasswordBench.accepts("1234567"))
        #expect(!PasswordBench.accepts(String(repeating: "x", count: 129)))
    }

    @Test("secrets that differ anywhere, in one bit or in length, are not equal")
    func comparison() {
        let secret = Array("PCG3XU7_W1UF-go795xtfZu4RX_UlzHTLzmBKT50uEI".utf8)
        #expect(Hashing.equal(secret, secret))
        #expect(!Hashing.equal(secret, []) && !Hashing.equal(secret, Array(secret.dropLast())))
        for index in secret.indices {
            for bit in 0..<8 {
                var other = secret
                other[index] ^= 1 << bit
                #expect(!Hashing.equal(secret, other), "byte \(index), bit \(bit)")
            }
        }
    }

    @Test("a stored password that differs in one bit, or is cut, is matched by nothing")
    func passwordComparison() async throws {
        let bench = PasswordBench(rounds: 16)
        let salt = [UInt8](repeating: 2, count: 16)
        let stored = try await bench.hash("correct-horse-ada", salt: salt)
        #expect(try await bench.matches("correct-horse-ada", stored))
        for index in stored.hash.indices {
            var hash = stored.hash
            hash[index] ^= 0x40
            let changed = PasswordHash(salt: salt, hash: hash)
            #expect(try await !bench.matches("correct-horse-ada", changed), "byte \(index)")
        }
        let cut = PasswordHash(salt: salt, hash: [])
        #expect(try await !bench.matches("correct-horse-ada", cut))
    }

    @Test("a form's token with one letter changed is refused")
    func formTokens() async throws {
        let authority = try await AuthorityFixture().authority
        let form = authority.newForm()
        let token = authority.formToken(form)
        #expect(authority.accepts(form: form, token: token))
        #expect(!authority.accepts(form: authority.newForm(), token: token))
        let letters = Array(token)
        for index in letters.indices {
            var changed = letters
            changed[index] = changed[index] == "A" ? "B" : "A"
            #expect(!authority.accepts(form: form, token: String(changed)), "letter \(index)")
        }
    }

    @Test("text on the page cannot become markup")
    func escaping() {
        let page = ActivatePage(storeName: "A & B <i>").form(
            userCode: "\"><script>", login: "'x'", token: "t", problem: "<b>")
        #expect(page.contains("A &amp; B &lt;i&gt;"))
        #expect(!page.contains("<script"))
        #expect(!page.contains("<b>\n"))
        #expect(page.contains("&#39;x&#39;"))
        #expect(page.split(separator: "\n").allSatisfy { $0.count <= 120 })
    }
}
