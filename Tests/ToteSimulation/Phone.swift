import ToteCarts
import ToteMessages
import ToteSync
import ToteValues

/// What lies in a phone's file: written as a whole or not at all.
struct PhoneFile {
    var carts: [CartID: DeviceCart] = [:]
    /// In order of their making.
    var order: [CartID] = []
    /// Of the running trip.
    var current: CartID
}

/// One phone: its memory, its disk, its link. Everything that a crash takes is in `memory`.
final class Phone {
    /// Work waits while a write is under way, as on the one connection of the file.
    enum Job {
        case intent
        case event(CartID, DeviceSync.Event)
        case reply(Message)
        case close
    }

    /// What a crash takes.
    struct Memory {
        var file: PhoneFile
        var machines: [CartID: DeviceSync] = [:]
        /// What the phone's own logic calls the requests that it sent.
        var sent: [Int: UInt64] = [:]
        var jobs: [Job] = []
        /// What follows when the write under way is durable.
        var afterWrite: (() -> Void)?
        /// Operations in the write under way, with the cart they were made in.
        var staged: [(operation: CartOperation, view: Cart)] = []
        /// The moment of the store's clock less this phone's, as its answers showed.
        var storeOffset: Int64 = 0
        /// Prices it holds.
        var book = PriceTable.first
    }

    let index: Int
    let device: DeviceID
    let role: Role
    /// What its clock is ahead, in milliseconds.
    let skew: Int64
    var memory: Memory
    var durable: PhoneFile
    var backup: PhoneFile?
    /// Steps at each start, so that timers of an earlier one are no concern.
    var life = 1
    var isUp = true
    /// Its owner goes on with another phone.
    var isGone = false
    var intentsLeft: Int
    var diskFull: Range<Int64> = 0..<0
    /// No message passes either way.
    var cut: Range<Int64> = 0..<0
    /// Requests arrive, answers do not.
    var deaf: Range<Int64> = 0..<0
    var isPayer = false
    var hasFinishedClosing = false
    /// The last cursor it was told of each cart, and when it asked.
    var reads = ReadHistory()
    var refusals = 0
    /// When it last asked for everything again.
    var resyncTimes: [Int64] = []

    init(index: Int, device: DeviceID, role: Role, skew: Int64, file: PhoneFile, intents: Int) {
        self.index = index
        self.device = device
        self.role = role
        self.skew = skew
        self.memory = Memory(file: file)
        self.durable = file
        self.intentsLeft = intents
    }

    var current: CartID { memory.file.current }
    func cart(_ id: CartID) -> DeviceCart? { memory.file.carts[id] }
    var isWriting: Bool { memory.afterWrite != nil }
}

/// One message on its way, either way.
struct Message {
    enum Content {
        case create(CartID)
        case sync(CartID, SyncRequest)
        case close(CartID, CloseRequest, ifMatch: Cursor)
        case pay(CartID, ordinal: Int32, giveUp: Bool)
        case attest(CartID, [PendingClose], [VerifiedReceipt])
        case created(CartID)
        case synced(CartID, SyncResponse)
        case closed(CartID, CloseID, Result<CloseAnswer, Problem>)
        case payment(CartID, ordinal: Int32, PaymentAnswer)
    }

    /// Of the request; its answer bears the same.
    let number: Int
    let phone: Int
    let role: Role
    let content: Content
    /// The store's clock when the answer left.
    var storeClock: Int64 = 0
}

/// Where a payment stands, as the payer is told.
struct PaymentAnswer {
    enum State { case waiting, captured, reopened, unknown }
    let state: State
    let receipt: String?
    let total: Int64
}
