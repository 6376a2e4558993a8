#if TOTE_MUTANTS
    import Synchronization
#endif

/// Known bugs that `Tests/simulate --mutants` plants to see that its checkers find them
/// (SYNC-74). Without `TOTE_MUTANTS` each check is the constant `false` and costs nothing.
package enum Mutant: Int, CaseIterable, Sendable {
    case ackBeforeFsync = 1, sendBeforeFsync, noDedupe, ignoreTombstone
    case voidAsCounter, newPayKeyOnRetry, dropLate, noRepushAfterRestore
    case noPayReconcile, blindClose, ignoreEpoch, ackBeforeGroupCommit
    case splitCloseTransaction, noHashInCursor, staleAnswerAccepted, cursorBeforeDelta
    case loopOnBadChain, keepIncarnationAfterCopy, overwriteOnFork, rejectBlocksQueue
    case ackJumpsGap, clearUnseenDots, noClamp, parkedLostOnReopen
    case parkedAppliedAtOnce, lateVoidNoRefund, carryAndPay, randomCarryID
    case reopenOnUnknown, lockByDeviceClock, trustShownPrice, shopperReleasesHold
    case deleteOwnAtAck, storedSerialReject, voidKeyedByLine, totalAtNewerBook

    #if TOTE_MUTANTS
        private static let planted = Atomic<Int>(0)

        /// Plants one bug in the whole process; `nil` takes it out.
        package static func plant(_ mutant: Mutant?) {
            planted.store(mutant?.rawValue ?? 0, ordering: .relaxed)
        }

        /// Whether this build was made with the bugs.
        package static let canBePlanted = true
        package var isPlanted: Bool { Self.planted.load(ordering: .relaxed) == rawValue }
    #else
        package static func plant(_ mutant: Mutant?) {}
        package static let canBePlanted = false
        @inlinable package var isPlanted: Bool { false }
    #endif

    /// As on the command line and in `cart-sync.md` section 10.
    package var name: String { String(describing: self) }

    package init?(name: String) {
        let wanted = name.lowercased()
        guard let found = Self.allCases.first(where: { $0.name.lowercased() == wanted }) else {
            return nil
        }
        self = found
    }
}
