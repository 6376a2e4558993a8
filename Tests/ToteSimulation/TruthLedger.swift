import ToteCarts
import ToteValues

/// What each shopper was told, kept outside of everything that can crash, be restored or forget.
struct TruthLedger {
    struct Scan {
        let phone: Int
        let code: String
        /// As committed; *set to N* decides them only then.
        var units = 0
        /// The beep was heard.
        var isTold = false
        /// Its only copy was destroyed with a phone's file (SYNC-64), so it need not be there.
        var isExcused = false
        /// The store could not read it, and the shopper was shown so (SYNC-26).
        var isRefused = false
    }

    struct Void {
        let dot: Dot
        let targets: [(serial: Int, units: Int)]
        var isTold = false
        var isExcused = false
    }

    struct Confirmed {
        let cart: CartID
        let cursor: Cursor
        let set: [DotUnits]
        let total: Int64
        let book: BookVersion
    }

    /// By serial number: each reading of a code has its own, and carries it as the price it claims
    /// to have been shown, which nothing may trust.
    private(set) var scans: [Scan] = []
    var voids: [Void] = []
    var confirmed: [CloseID: Confirmed] = [:]
    /// What was ever durable on a phone, or sent, under a dot (SYNC-I15).
    private var hashes: [Dot: LogHash] = [:]
    private var sent: [Dot: LogHash] = [:]
    /// Which reading a scan's dot is; after a fork a reading has several dots.
    var serials: [Dot: Int] = [:]
    /// Closes that the store made stand again after a restore.
    var healed: Set<CloseID> = []
    /// Dots that the store stopped or put on hold, by whom that was asked.
    var stopped: Set<Dot> = []
    var held: Set<Dot> = []

    static let firstSerial = 1_000_000

    mutating func newScan(phone: Int, code: String) -> Int {
        scans.append(Scan(phone: phone, code: code))
        return Self.firstSerial + scans.count - 1
    }

    subscript(serial: Int) -> Scan? {
        get {
            let index = serial - Self.firstSerial
            return scans.indices.contains(index) ? scans[index] : nil
        }
        set {
            let index = serial - Self.firstSerial
            guard let newValue, scans.indices.contains(index) else { return }
            scans[index] = newValue
        }
    }

    /// Notes what left a phone under a dot.
    /// - Returns: the other operation that did or may.
    mutating func send(_ operation: CartOperation, _ hash: LogHash) -> LogHash? {
        if case .skip = operation.body { return nil }
        let known = sent[operation.dot] ?? hashes[operation.dot]
        sent[operation.dot] = hash
        return known == hash ? nil : known
    }

    enum Binding {
        case new, known
        case taken(by: LogHash)
    }

    /// Notes what a dot names. A `skip` takes the place of what the store refused, and what is
    /// shown as refused no longer counts (SYNC-26).
    mutating func bind(_ operation: CartOperation, _ hash: LogHash) -> Binding {
        guard let known = hashes[operation.dot] else {
            hashes[operation.dot] = hash
            let other = sent[operation.dot]
            return other == nil || other == hash ? .new : .taken(by: other ?? hash)
        }
        if known == hash { return .known }
        guard case .skip = operation.body else { return .taken(by: known) }
        if let serial = serials[operation.dot] { self[serial]?.isRefused = true }
        hashes[operation.dot] = hash
        return .known
    }
}

extension ScanBody {
    /// Which reading it is.
    var serial: Int { Int(shown) }
}
