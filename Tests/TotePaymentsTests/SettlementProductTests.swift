import Testing
import ToteCarts
import TotePayments
import ToteValues

/// SET-1: every state with every event; whatever the table does not name is refused and changes
/// nothing.
@Suite("States × events")
struct SettlementProductTests {
    @Test("every pair outside the table throws illegalTransition and changes nothing")
    func product() throws {
        var seen: Set<String> = []
        for state in SettlementState.allCases {
            let start = settlement(in: state)
            for event in try events() {
                var next = start
                let pair = "\(state.rawValue) \(event.name)"
                do {
                    _ = try SettlementRules.apply(event, to: &next, now: Sample.now)
                    seen.insert(pair)
                    #expect(Self.table.contains(pair), "\(pair) is not in the table")
                    #expect(next.revision == start.revision + 1)
                } catch {
                    #expect(next == start, "\(pair) changed the settlement")
                    if !Self.table.contains(pair) { #expect(error.code == .illegalTransition) }
                }
            }
        }
        #expect(seen == Self.table)
    }

    @Test("terminal states take no event at all")
    func terminal() {
        for state in SettlementState.allCases where state.isTerminal {
            #expect(!Self.table.contains { $0.hasPrefix(state.rawValue + " ") })
        }
    }

    @Test("every state that does not end names a way on (INV-15)")
    func waysOut() {
        for state in SettlementState.allCases where !state.isTerminal {
            #expect(!state.actions.isEmpty)
        }
    }

    private static let table: Set<String> = [
        "frozen begin", "frozen giveUp", "frozen quoteChanged",
        "authorising legNeedsShopper", "authorising legAuthorised", "authorising legDeclined",
        "authorising noAnswer", "requiresAction shopperDone", "requiresAction giveUp",
        "requiresAction quoteChanged", "requiresAction timer", "partiallyAuthorised addLegs",
        "partiallyAuthorised giveUp", "partiallyAuthorised quoteChanged",
        "partiallyAuthorised timer", "authorised giveUp", "authorised quoteChanged",
        "authorised timer", "authorised capture", "capturing legCaptured",
        "capturing captureRefused", "capturing noAnswer", "compensating addLegs",
        "compensating giveUp", "compensating timer", "voiding legReleased",
        "voiding releaseRefused", "voiding noAnswer", "unknown statusKnown", "unknown timer",
    ]

    private func events() throws -> [SettlementEvent] {
        let begin = try TenderPlan.legs([.card(.rest)], paying: 2312)
        let more = Leg(number: 2, tender: .cardOnFile, source: nil, planned: 2312)
        let granted = Authorisation(amount: 2312, reference: "sb-1")
        return [
            .begin(begin, quoteHash: Sample.quoteHash), .legNeedsShopper(1, url: "u"),
            .shopperDone, .legAuthorised(1, granted), .legDeclined(1, .unknown), .addLegs([more]),
            .noAnswer(1, .authorise), .noAnswer(1, .capture), .noAnswer(1, .void),
            .statusKnown(1, .neverSeen), .giveUp, .quoteChanged, .timer,
            .capture(quoteHash: Sample.quoteHash), .legCaptured(1, 2312),
            .captureRefused(1, .unknown), .legReleased(1), .releaseRefused(1, .unknown),
        ]
    }

    /// One card leg, standing where it stands in that state.
    private func settlement(in state: SettlementState) -> Settlement {
        let leg: LegState =
            switch state {
            case .authorising: .sending
            case .requiresAction: .needsShopper
            case .partiallyAuthorised: .declined
            case .authorised: .authorised
            case .capturing: .capturing
            case .captured: .captured
            case .compensating: .refusedCapture
            case .voiding: .voiding
            case .voided: .voided
            case .unknown: .unknownAuthorise
            default: .planned
            }
        let granted: Int64 =
            [.authorised, .capturing, .captured, .voiding].contains(leg) ? 2312 : 0
        let card = Leg(
            number: 1, tender: .cardOnFile, source: "tok", planned: 2312, authorised: granted,
            captured: leg == .captured ? 2312 : 0, refunded: 0, state: leg, attempt: 1,
            authorisation: nil, declineReason: nil)
        return Settlement(
            frozen: Sample.frozen(), state: state, legs: state == .frozen ? [] : [card],
            revision: 3, deadline: nil, stateBefore: state == .unknown ? .authorising : nil,
            statusTries: 0)
    }
}
