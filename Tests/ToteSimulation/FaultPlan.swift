/// What goes wrong, each class switched on in half of the seeds (SYNC-70).
package enum FaultClass: UInt64, CaseIterable, Sendable {
    /// Messages are dropped, doubled and late.
    case messages = 1
    /// Answers are cut after the commit; old messages come again up to ten minutes later.
    case staleMessages
    case phoneCrashes
    case storeCrashes
    /// Crashes aimed at the 30 ms in which a write is not durable yet (SYNC-71).
    case fsyncCrashes
    /// A phone's file is copied to another phone, or comes back from a backup; full disks.
    case files
    /// The store's file comes back from a backup.
    case restore
    /// The store's machine is rolled back and does not know it.
    case rollback
    case partitions
    case halfOpenLinks
    /// Replies of the payment provider are lost; it declines; a key meets another amount.
    case provider
    /// A capture on its way arrives after the store was restored.
    case lateCapture
    case clocks
    case prices
    case holds
    /// A shopper's phone that was tampered with.
    case forgeries

    package var name: String { String(describing: self) }
}

/// The faults of one seed and the numbers of SYNC-70.
struct FaultPlan {
    private let on: Set<FaultClass>

    init(seed: UInt64, without: Set<FaultClass>) {
        on = Set(
            FaultClass.allCases.filter { fault in
                var draw = Draw(seed: seed, purpose: 1000 + fault.rawValue)
                return draw.happens(500) && !without.contains(fault)
            })
    }

    subscript(_ fault: FaultClass) -> Bool { on.contains(fault) }

    var names: [String] { FaultClass.allCases.filter(on.contains).map(\.name) }

    var dropPerMille: Int { self[.messages] ? 250 : 10 }
    var duplicatePerMille: Int { self[.messages] ? 200 : 0 }
    var longestDelay: Int64 { self[.messages] ? 5000 : 50 }
    var cutAnswerPerMille: Int { self[.staleMessages] ? 50 : 0 }
    var staleReplayPerMille: Int { self[.staleMessages] ? 20 : 0 }
    var fsyncCrashPerMille: Int { self[.fsyncCrashes] ? 80 : 0 }
}

/// Fixed times of a trip in virtual milliseconds.
enum TripTime {
    static let closes: ClosedRange<Int64> = 45_000...65_000
    static let closeAgain: ClosedRange<Int64> = 1500...3000
    /// From here on nothing fails any more.
    static let heal: Int64 = 75_000
    /// All must be quiet so long after (SYNC-I11), beside what a store asked to wait.
    static let quiet: Int64 = 60_000
    static let longestFsync: Int64 = 30
    static let answerTimeout: Int64 = 15_000
    static let idle: Int64 = 25_000
}
