import ToteCarts
import ToteMessages
import TotePayments
import ToteSync
import ToteValues

/// A settlement as it lies in the store's file.
struct Payment {
    var settlement: Settlement
    /// The receipt's identifier.
    var receipt: String?
}

/// The store's process and its file. Requests join a group; their answers leave when the group is
/// durable (SYNC-41).
final class StoreNode {
    struct File {
        var carts: StoreCarts
        var payments: [SettlementID: Payment] = [:]
        var paymentOrder: [SettlementID] = []
    }

    struct Group {
        var image: File
        let answers: [() -> Void]
    }

    static let longestGroup: Int64 = 5
    static let mostRequests = 64

    var durable: File
    var working: File
    var backup: File?
    var isUp = true
    var life = 1
    /// Answers of requests that wait for the next group.
    var waiting: [() -> Void] = []
    var isGroupDue = false
    var isTickDue = false
    var writing: Group?
    var clockJump: Int64 = 0
    /// What phones told after a restore.
    var attested: [CartID: [PendingClose]] = [:]
    var receipts: [CartID: [VerifiedReceipt]] = [:]

    init(epoch: Epoch) {
        durable = File(carts: StoreCarts(epoch: epoch))
        working = durable
    }
}

/// A call to the provider, and what it is about.
struct ProviderErrand {
    let settlement: Settlement
    let call: ProviderCall
    let isStatus: Bool
}

enum ProviderReply {
    case outcome(ProviderOutcome)
    case truth(ProviderTruth)
    case refused
    case none
}
