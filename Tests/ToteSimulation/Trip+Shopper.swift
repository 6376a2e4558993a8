import ToteCarts
import ToteSync
import ToteValues

/// What shoppers want, and what they are told.
extension Trip {
    func wish(_ phone: Phone) {
        guard phone.intentsLeft > 0, !phone.isGone else { return }
        phone.intentsLeft -= 1
        if phone.intentsLeft > 0 {
            after(shopping.within(200...3200), .intent(phone: phone.index))
        }
        queue(phone, .intent)
    }

    func commitIntent(_ phone: Phone) {
        let id = tripCart(phone)
        guard let view = phone.cart(id)?.view, let intent = choose(phone, view) else { return }
        var committed: [CartOperation] = []
        do throws(CartError) {
            let moment = phoneClock(phone)
            try change(phone, id) { (cart) throws(CartError) in
                committed = try cart.commit(intent, at: moment, intentID: nil)
                let view = cart.view
                phone.memory.staged = committed.map { ($0, view) }
            } then: { [self] in
                if !Mutant.ackBeforeFsync.isPlanted { tell(phone, id, committed, view) }
                advance(phone, id, .wanted)
            }
            if Mutant.ackBeforeFsync.isPlanted, phone.isWriting {
                tell(phone, id, committed, view)
            }
            if Mutant.sendBeforeFsync.isPlanted, phone.isWriting {
                advanceUnwritten(phone, id)
            }
        } catch {
            trace.mix(0x4EF5)
            phone.refusals += 1
        }
    }

    /// The running trip's cart; once that is paid, the one of what came too late (SYNC-57).
    private func tripCart(_ phone: Phone) -> CartID {
        guard let view = phone.cart(phone.current)?.view, let next = view.carryOver else {
            return phone.current
        }
        if phone.cart(next) == nil {
            var record = newRecord(next, phone.device)
            record.isRegistered = true
            phone.memory.file.carts[next] = DeviceCart(new: record)
            phone.memory.file.order.append(next)
        }
        phone.memory.file.current = next
        phone.durable = phone.memory.file
        return next
    }

    private func choose(_ phone: Phone, _ view: Cart) -> CartIntent? {
        let draw = shopping.below(1000)
        let lines = view.order.filter { (view.dots[$0]?.live ?? 0) > 0 }
        switch draw {
        case ..<200 where !lines.isEmpty:
            let dot = lines[shopping.below(lines.count)]
            let line = sameLine(as: dot, lines, view)
            return shopping.happens(600) ? .minusOne(line: line) : .void(line: line)
        case 200..<220: return .clear
        case 220..<270 where !lines.isEmpty:
            let dot = lines[shopping.below(lines.count)]
            guard let scan = view.dots[dot]?.scan else { return nil }
            return .set(
                line: sameLine(as: dot, lines, view), to: shopping.below(6),
                again: newScan(phone, code: scan.code, units: 1))
        case 270..<290: return .clip(key: "coupon-\(shopping.below(3))")
        case 290..<300: return .decline(key: "offer-\(shopping.below(3))")
        case 300..<310:
            return view.clips.keys.sorted().first.map { .unclip($0) }
        default:
            let isNewer = plan[.forgeries] && shopping.happens(30)
            let code =
                isNewer
                ? PriceTable.unreadable
                : PriceTable.codes[shopping.below(PriceTable.codes.count)]
            let isSerial = code.hasPrefix("]C1")
            let units = isSerial || shopping.happens(800) ? 1 : 1 + shopping.below(12)
            return .scan(newScan(phone, code: code, units: units))
        }
    }

    private func sameLine(as dot: Dot, _ lines: [Dot], _ view: Cart) -> [Dot] {
        let code = view.dots[dot]?.scan?.code
        return lines.filter { view.dots[$0]?.scan?.code == code }
    }

    private func newScan(_ phone: Phone, code: String, units: Int) -> ScanBody {
        var book = phone.memory.book
        if plan[.prices], shopping.happens(100) { book = 810 + Int64(shopping.below(2)) }
        let serial = ledger.newScan(phone: phone.index, code: code)
        return ScanBody(
            code: code, symbology: code.hasPrefix("]C1") ? "code128" : "ean13", units: units,
            book: book, shown: Int64(serial), at: phoneClock(phone))
    }

    /// The beep: from here on the shop has promised.
    private func tell(
        _ phone: Phone, _ id: CartID, _ operations: [CartOperation], _ before: Cart
    ) {
        guard !operations.isEmpty else { return }
        for operation in operations {
            trace.mix(operation.dot.sequence)
            note("phone \(phone.index) told \(operation.words) in \(id.short)")
            switch operation.body {
            case .scan(let scan):
                counts.scans += 1
                ledger[scan.serial]?.isTold = true
                ledger[scan.serial]?.units = scan.units
            case .void:
                counts.voids += 1
                for index in ledger.voids.indices where ledger.voids[index].dot == operation.dot {
                    ledger.voids[index].isTold = true
                }
            default: break
            }
        }
        checkOwnWrites(phone, id, operations)
    }

    /// The operations that have just become durable on this phone, told or not.
    func noteDurable(_ phone: Phone) {
        for (operation, view) in phone.memory.staged { note(operation, in: view) }
        phone.memory.staged = []
    }

    /// An operation that may count from now on.
    func note(_ operation: CartOperation, in view: Cart) {
        let hash = operation.hash
        switch ledger.bind(operation, hash) {
        case .known: return
        case .taken(let other):
            return violate(.oneHash, "\(operation.dot) is \(hash) and was \(other)")
        case .new: break
        }
        switch operation.body {
        case .scan(let scan):
            ledger.serials[operation.dot] = scan.serial
            ledger[scan.serial]?.units = scan.units
        case .void(let targets, _):
            let named = targets.compactMap { target in
                view.dots[target.dot]?.scan.map { (serial: $0.serial, units: target.units) }
            }
            ledger.voids.append(TruthLedger.Void(dot: operation.dot, targets: named))
        default: break
        }
    }
}
