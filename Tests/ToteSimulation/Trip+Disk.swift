import ToteCarts
import ToteSync
import ToteValues

// A phone does one thing at a time: a change of its carts is written, and what follows from it
// (the beep, the next request) waits until the write is durable. A crash inside that window leaves
// the old file or the new one.
extension Trip {
    func queue(_ phone: Phone, _ job: Phone.Job) {
        guard phone.isUp, !phone.isGone else { return }
        guard !phone.isWriting else {
            phone.memory.jobs.append(job)
            return
        }
        run(job, phone)
    }

    private func run(_ job: Phone.Job, _ phone: Phone) {
        switch job {
        case .intent: commitIntent(phone)
        case .event(let cart, let event): advance(phone, cart, event)
        case .reply(let message): take(message, phone)
        case .close: stepClose(phone)
        }
    }

    /// Changes one cart of a phone's file.
    /// - Parameters:
    ///   - body: the change in memory; what it throws, nothing is kept of.
    ///   - failed: the disk was full.
    ///   - then: after the change is durable.
    func change(
        _ phone: Phone, _ id: CartID, _ body: (inout DeviceCart) throws(CartError) -> Void,
        failed: () -> Void = {}, then: @escaping () -> Void
    ) throws(CartError) {
        guard var next = phone.cart(id) else { return }
        try body(&next)
        let changes = next.takeChanges()
        guard !changes.isEmpty else {
            phone.memory.file.carts[id] = next
            return then()
        }
        if phone.diskFull.contains(now) {
            trace.mix(0xD15C)
            phone.memory.staged = []
            return failed()
        }
        phone.memory.file.carts[id] = next
        write(phone, then: then)
    }

    func write(_ phone: Phone, then: @escaping () -> Void) {
        let window = disk.within(0...TripTime.longestFsync)
        phone.memory.afterWrite = then
        if plan.fsyncCrashPerMille > 0, !isHealed, disk.happens(plan.fsyncCrashPerMille) {
            after(disk.within(0...window), .crash(phone: phone.index))
        }
        after(window, .flushed(phone: phone.index, life: phone.life))
    }

    func flushed(_ phone: Phone, _ life: Int) {
        guard phone.life == life, let then = phone.memory.afterWrite else { return }
        phone.durable = phone.memory.file
        noteDurable(phone)
        phone.memory.afterWrite = nil
        then()
        while !phone.isWriting, phone.isUp, !phone.memory.jobs.isEmpty {
            run(phone.memory.jobs.removeFirst(), phone)
        }
    }

    func crash(_ phone: Phone) {
        guard phone.isUp, !phone.isGone, !isHealed else { return }
        counts.phoneCrashes += 1
        if phone.isWriting {
            counts.crashesInFsync += 1
            if disk.happens(500) {
                phone.durable = phone.memory.file
                noteDurable(phone)
            }
        }
        note("phone \(phone.index) crashes\(phone.isWriting ? " while it writes" : "")")
        phone.isUp = false
        phone.life += 1
        let book = phone.memory.book
        phone.memory = Phone.Memory(file: phone.durable)
        phone.memory.book = book
        trace.mix(0xC4A5)
        after(faults.within(500...8500), .restart(phone: phone.index))
    }

    func restart(_ phone: Phone) {
        guard !phone.isUp, !phone.isGone else { return }
        phone.isUp = true
        note("phone \(phone.index) is back")
        if options.variant == .repushAll {
            for id in phone.memory.file.order {
                phone.memory.file.carts[id]?.resync(ack: 0)
                _ = phone.memory.file.carts[id]?.takeChanges()
            }
            phone.durable = phone.memory.file
        }
        idle(phone, phone.life)
        if phone.isPayer, !phone.hasFinishedClosing {
            after(faults.within(TripTime.closeAgain), .close(phone: phone.index, life: phone.life))
        }
    }

    /// The file comes back from a backup, or goes to a new phone with a copy of it. In both cases
    /// it lies in another place than before, and the shell says so (SYNC-32).
    func moveFile(_ phone: Phone) {
        guard !isHealed, !phone.isGone else { return }
        counts.copies += 1
        let isCopy = faults.happens(500)
        let old = phone.durable
        let file = isCopy ? phone.durable : phone.backup ?? phone.durable
        phone.life += 1
        phone.isUp = true
        let book = phone.memory.book
        phone.memory = Phone.Memory(file: file)
        phone.memory.book = book
        note("phone \(phone.index): its file is \(isCopy ? "copied" : "restored")")
        excuse(lostFrom: old, by: file)
        for id in file.order {
            guard let cart = phone.memory.file.carts[id],
                [.open, .closing].contains(cart.record.state)
            else { continue }
            if Mutant.keepIncarnationAfterCopy.isPlanted { continue }
            phone.memory.file.carts[id]?.fork(
                newIncarnation: { [self] in newIncarnation() }, pulledWhole: false)
            _ = phone.memory.file.carts[id]?.takeChanges()
        }
        phone.durable = phone.memory.file
        phone.reads.forgetCursor()
        counts.forks += 1
        idle(phone, phone.life)
        if phone.isPayer, !phone.hasFinishedClosing {
            after(2000, .close(phone: phone.index, life: phone.life))
        }
    }

    /// What only the lost file knew is gone; nobody can ask for it (SYNC-64).
    private func excuse(lostFrom old: PhoneFile, by new: PhoneFile) {
        for id in old.order {
            guard let cart = old.carts[id] else { continue }
            let kept = Set(new.carts[id]?.ownOperations.map(\.dot) ?? [])
            for own in cart.ownOperations where !kept.contains(own.dot) {
                let isHeld = store.durable.carts[id]?.holds(own.dot) ?? false
                if !isHeld || plan[.restore] || plan[.rollback] { excuse(own) }
            }
        }
    }

    private func excuse(_ operation: CartOperation) {
        switch operation.body {
        case .scan(let scan): ledger[scan.serial]?.isExcused = true
        case .void:
            for index in ledger.voids.indices where ledger.voids[index].dot == operation.dot {
                ledger.voids[index].isExcused = true
            }
        default: break
        }
    }
}
