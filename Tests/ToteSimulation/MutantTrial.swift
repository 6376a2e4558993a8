package import ToteValues

/// The seed budgets of SYNC-74, and by which invariant each bug has to die.
extension Mutant {
    package var budget: Int {
        switch self {
        case .newPayKeyOnRetry, .blindClose, .ackBeforeFsync: 50
        case .voidAsCounter, .noRepushAfterRestore, .ignoreEpoch: 100
        case .noDedupe, .ignoreTombstone, .dropLate, .lockByDeviceClock, .trustShownPrice,
            .shopperReleasesHold, .deleteOwnAtAck:
            200
        case .noPayReconcile, .loopOnBadChain, .rejectBlocksQueue, .ackJumpsGap,
            .clearUnseenDots, .noClamp, .lateVoidNoRefund, .carryAndPay, .reopenOnUnknown,
            .voidKeyedByLine, .totalAtNewerBook:
            500
        case .ackBeforeGroupCommit, .staleAnswerAccepted, .cursorBeforeDelta,
            .keepIncarnationAfterCopy, .overwriteOnFork, .parkedLostOnReopen,
            .parkedAppliedAtOnce:
            1000
        case .splitCloseTransaction, .noHashInCursor, .randomCarryID, .storedSerialReject: 2000
        case .sendBeforeFsync: 5000
        }
    }

    package var diesBy: Invariant {
        switch self {
        case .ackBeforeFsync, .sendBeforeFsync, .dropLate, .noRepushAfterRestore, .ackJumpsGap,
            .clearUnseenDots, .parkedLostOnReopen, .storedSerialReject, .voidKeyedByLine:
            .noLostScan
        case .noDedupe, .ignoreTombstone, .lateVoidNoRefund: .noResurrection
        case .voidAsCounter, .blindClose, .parkedAppliedAtOnce: .seenIsPaid
        case .newPayKeyOnRetry, .noPayReconcile, .reopenOnUnknown: .oneCharge
        case .ignoreEpoch, .loopOnBadChain, .rejectBlocksQueue: .noWedge
        case .ackBeforeGroupCommit: .durable
        case .splitCloseTransaction: .states
        case .noHashInCursor, .cursorBeforeDelta: .convergence
        case .staleAnswerAccepted: .ownWrites
        case .keepIncarnationAfterCopy, .overwriteOnFork: .oneHash
        case .noClamp, .carryAndPay: .onePlace
        case .randomCarryID, .deleteOwnAtAck: .restoreHeals
        case .lockByDeviceClock: .clockFreedom
        case .trustShownPrice, .shopperReleasesHold: .authority
        case .totalAtNewerBook: .totalIsFunction
        }
    }
}

/// One bug planted and hunted within its budget.
package struct MutantTrial: Sendable {
    package let mutant: Mutant
    /// How many seeds it lived; `nil` when it survived its budget.
    package let killedAfter: Int?
    package let violation: Violation?

    /// Seeds are tried in blocks, so that the first kill is the same for any number of jobs.
    package static func run(_ mutant: Mutant, seed: UInt64, jobs: Int) async -> MutantTrial {
        Mutant.plant(mutant)
        defer { Mutant.plant(nil) }
        var done = 0
        while done < mutant.budget {
            let block = min(mutant.budget - done, max(jobs * 25, 50))
            let campaign = Campaign(
                trips: block, seed: seed &+ UInt64(done), jobs: jobs, stopsAtFirst: true)
            if let first = await campaign.run().violations.first {
                return MutantTrial(
                    mutant: mutant, killedAfter: Int(first.seed &- seed) + 1, violation: first)
            }
            done += block
        }
        return MutantTrial(mutant: mutant, killedAfter: nil, violation: nil)
    }
}
