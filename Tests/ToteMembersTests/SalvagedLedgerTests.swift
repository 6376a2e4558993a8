import Foundation
import GRDB
import Testing
import TotePrivacy
import ToteStorage
import ToteValues

@Suite("The egress ledger of a damaged file")
struct SalvagedLedgerTests {
    private static let rows = 120
    private let folder =
        FileManager.default.temporaryDirectory.path
        + "/tote-ledger-\(UUID().uuidString)"

    /// The bytes of a file with many requests in it.
    private func ledgerFile() throws -> Data {
        try PrivateFile.makeFolder(folder)
        let path = folder + "/whole"
        let queue = try DatabaseFile.open(path: path, steps: EgressLedger.steps)
        let ledger = EgressLedger(database: queue, world: .repeating(seed: 1))
        for number in 0..<Self.rows {
            _ = try ledger.permit(
                purpose: .contractCheckout, host: "row\(1000 + number).example", method: "POST",
                route: "/v1/carts/{id}/sync", dataClasses: ["basket"])
        }
        try queue.close()
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    @Test("keeps every row outside the damaged page, whichever sector is lost (SYNC-78)")
    func everySector() throws {
        let whole = try ledgerFile()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(stride(from: 4096, to: whole.count, by: 4096).contains { whole[$0] == 5 })
        for start in stride(from: 0, to: whole.count, by: 512) {
            let page = start / 4096 * 4096
            let inPage = whole[page..<page + 4096].ranges(of: Data(".example".utf8)).count
            var bytes = whole
            bytes.replaceSubrange(start..<start + 512, with: Data(count: 512))
            let path = folder + "/damaged-\(start)"
            try bytes.write(to: URL(fileURLWithPath: path))
            let (queue, _) = try DatabaseFile.openOrSalvage(
                path: path, steps: EgressLedger.steps, salvage: EgressLedger.salvage)
            let kept = try EgressLedger(database: queue, world: .system).rows()
            #expect(kept.count >= Self.rows - inPage, "sector \(start / 512)")
            #expect(Set(kept.map(\.id)).count == kept.count)
        }
    }
}
