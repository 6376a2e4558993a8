import ToteCarts
import ToteMessages
import ToteSync
import ToteValues

/// Short words for the diary of a seed.
extension CartID {
    var short: String { String(text.prefix(4)) }
}

extension Dot {
    var short: String {
        "\(device.text.prefix(2)).\(incarnation.text.prefix(2)).\(sequence)"
    }
}

extension CartOperation {
    var words: String {
        switch body {
        case .scan(let scan): "\(dot.short) scan \(scan.serial - TruthLedger.firstSerial)"
        case .void(let targets, _):
            "\(dot.short) void "
                + targets.map { "\($0.dot.short)x\($0.units)" }.joined(separator: " ")
        default: "\(dot.short) \(body.kind)"
        }
    }
}

extension Message.Content {
    var words: String {
        switch self {
        case .create: "create"
        case .sync(_, let request):
            "sync from \(request.from) of \(request.incarnation.text.prefix(2)) at "
                + "\(request.cursor.map { "\($0.revision)" } ?? "null"): "
                + request.operations.map(\.dot.short).joined(separator: " ")
        case .close(_, let request, let cursor):
            "close at \(cursor.revision), \(request.totalMinor)"
        case .pay(_, let ordinal, let giveUp): "pay \(ordinal)\(giveUp ? " or rather not" : "")"
        case .attest(_, let closes, let receipts):
            "attest \(closes.count) sets, \(receipts.count) receipts"
        case .created: "created"
        case .synced(_, .answer(let answer)):
            "\(answer.delta.entries.count) entries to \(answer.delta.cursor.revision), "
                + "ack \(answer.ack), \(answer.delta.state)"
        case .synced(_, .problem(let problem)): "\(problem.code.rawValue)"
        case .synced: "nothing"
        case .closed(_, _, .success(let answer)): "closed \(answer.ordinal)"
        case .closed(_, _, .failure(let problem)): "\(problem.code.rawValue)"
        case .payment(_, let ordinal, let answer): "payment \(ordinal) \(answer.state)"
        }
    }
}
