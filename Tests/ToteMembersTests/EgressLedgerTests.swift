import GRDB
import Testing
import TotePrivacy
import ToteStorage
import ToteValues

@Suite("The egress ledger")
struct EgressLedgerTests {
    private func ledger() throws -> EgressLedger {
        let database = try DatabaseFile.inMemory(steps: EgressLedger.steps)
        return EgressLedger(database: database, world: .system)
    }

    @Test("a permit opens a row and closing fills it once")
    func openAndClose() throws {
        let ledger = try ledger()
        let permit = try ledger.permit(
            purpose: .contractCheckout, host: "127.0.0.1:8080", method: "POST",
            route: "/v1/carts/{id}/sync", dataClasses: ["basket"])
        let row = permit.row
        #expect(try ledger.rows().map(\.outcome) == [.opened])
        ledger.close(row: row, bytesSent: 120, bytesReceived: 300, outcome: .done)
        ledger.close(row: row, bytesSent: 1, bytesReceived: 1, outcome: .failed)
        let closed = try #require(try ledger.rows().first)
        #expect(closed.outcome == .done)
        #expect(closed.bytesSent == 120 && closed.bytesReceived == 300)
        #expect(closed.host == "127.0.0.1" && closed.port == 8080)
        #expect(closed.dataClasses == ["basket"])
    }

    @Test(
        "a purpose that needs consent is refused and the refusal is a row",
        arguments: Purpose.allCases.filter(\.needsConsent))
    func refusal(purpose: Purpose) throws {
        let ledger = try ledger()
        do {
            _ = try ledger.permit(
                purpose: purpose, host: "store.example", method: "POST", route: "/v1/x",
                dataClasses: [])
            Issue.record("permitted")
        } catch {
            #expect(error.code == .consentMissing)
        }
        #expect(try ledger.rows().map(\.outcome) == [.refused])
        #expect(try ledger.rows().first?.port == 443)
    }

    @Test("a purpose outside the closed list has no value")
    func unknownPurpose() {
        #expect(Purpose(rawValue: "marketing") == nil)
    }
}
