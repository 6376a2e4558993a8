/// What must always hold (`cart-sync.md` section 9).
package enum Invariant: Int, CaseIterable, Comparable, Sendable {
    case noLostScan = 1, onePlace, noResurrection, oneCharge, noPhantom, convergence
    case seenIsPaid, durable, ownWrites, idempotence, noWedge, restoreHeals
    case clockFreedom, sizeIndependence, oneHash, totalIsFunction, authority, states

    package var name: String { "SYNC-I\(rawValue)" }

    package static func < (left: Invariant, right: Invariant) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A promise that was broken.
package struct Violation: Hashable, Sendable {
    package let seed: UInt64
    package let invariant: Invariant
    /// Virtual milliseconds.
    package let time: Int64
    package let story: String
}

/// How often each thing happened.
package struct TripCounts: Hashable, Sendable {
    package var trips = 0
    package var events = 0
    package var scans = 0
    package var voids = 0
    package var syncs = 0
    package var entries = 0
    package var phoneCrashes = 0
    package var storeCrashes = 0
    package var crashesInFsync = 0
    package var restores = 0
    package var rollbacks = 0
    package var partitions = 0
    package var copies = 0
    package var forks = 0
    package var resyncs = 0
    package var closes = 0
    package var captures = 0
    package var reopened = 0
    package var refundRequests = 0
    package var carried = 0
    package var operatorCases = 0
    package var virtualMilliseconds: Int64 = 0

    package static func += (left: inout TripCounts, right: TripCounts) {
        for path in fields { left[keyPath: path.1] += right[keyPath: path.1] }
        left.virtualMilliseconds += right.virtualMilliseconds
    }

    /// With their names in a report.
    package static var fields: [(String, WritableKeyPath<TripCounts, Int>)] {
        [
            ("trips", \.trips), ("events", \.events), ("scans", \.scans), ("voids", \.voids),
            ("syncs", \.syncs), ("log entries", \.entries), ("phone crashes", \.phoneCrashes),
            ("store crashes", \.storeCrashes), ("of them in an fsync", \.crashesInFsync),
            ("restores", \.restores), ("silent rollbacks", \.rollbacks),
            ("partitions", \.partitions), ("files copied or restored", \.copies),
            ("stream forks", \.forks), ("resyncs", \.resyncs), ("closes", \.closes),
            ("captures", \.captures), ("reopened", \.reopened),
            ("refund requests", \.refundRequests), ("carried scans", \.carried),
            ("operator cases", \.operatorCases),
        ]
    }
}

/// One trip, run.
package struct TripOutcome: Sendable {
    package let seed: UInt64
    package let counts: TripCounts
    package let traceHash: UInt64
    package let violations: [Violation]
    package let faults: [String]
    package let diary: [String]
}
