import ToteCarts
import ToteValues

extension Trip {
    /// One to three phones of one member share a cart; the first makes it and pays.
    func setUpPhones() {
        let count = 1 + shopping.below(3)
        let tenYears: Int64 = 10 * 365 * 86_400_000
        for index in 0..<count {
            let skew = plan[.clocks] ? faults.within(-tenYears...tenYears) : 0
            let device = DeviceID(names.bytes16())
            let file = newFile(device)
            let phone = Phone(
                index: index, device: device, role: .shopper, skew: skew, file: file,
                intents: 3 + shopping.below(25))
            phone.isPayer = index == 0
            phones.append(phone)
            after(shopping.within(200...3200), .intent(phone: index))
            after(index == 0 ? 0 : shopping.within(0...2000), .idle(phone: index, life: 1))
        }
        after(shopping.within(TripTime.closes), .close(phone: 0, life: 1))
        after(TripTime.heal, .heal)
    }

    private func newFile(_ device: DeviceID) -> PhoneFile {
        PhoneFile(
            carts: [cart: DeviceCart(new: newRecord(cart, device))], order: [cart], current: cart)
    }

    func newRecord(_ cart: CartID, _ device: DeviceID) -> CartRecord {
        CartRecord(
            new: cart, device: device, incarnation: newIncarnation(), isGuest: false,
            createdAt: Moment(milliseconds: Self.epochStart + now))
    }

    func newIncarnation() -> Incarnation { Incarnation(names.next()) }

    func setUpFaults() {
        for phone in phones { setUpFaults(phone) }
        if plan[.storeCrashes] {
            for _ in 0..<(1 + faults.below(3)) { after(faults.within(0...70_000), .storeCrash) }
        }
        if plan[.restore] {
            after(faults.within(0...50_000), .backup)
            after(faults.within(20_000...80_000), .restore(silent: false))
        }
        if plan[.rollback], faults.happens(200) {
            after(faults.within(0...40_000), .backup)
            after(faults.within(20_000...70_000), .restore(silent: true))
        }
        if plan[.clocks], faults.happens(500) { after(faults.within(0...70_000), .clockJump) }
        if plan[.forgeries] {
            for _ in 0..<(1 + faults.below(4)) { after(faults.within(5000...70_000), .forgery) }
        }
        if plan[.prices], faults.happens(600) { after(faults.within(0...65_000), .newBook) }
    }

    private func setUpFaults(_ phone: Phone) {
        let index = phone.index
        if plan[.phoneCrashes] {
            for _ in 0..<(1 + faults.below(4)) {
                after(faults.within(0...70_000), .crash(phone: index))
            }
        }
        if plan[.files] {
            if faults.happens(100) {
                after(faults.within(0...40_000), .saveFile(phone: index))
                after(faults.within(5000...70_000), .file(phone: index))
            }
            if faults.happens(100) {
                let begin = faults.within(0...60_000)
                phone.diskFull = begin..<(begin + 5000)
            }
        }
        if plan[.partitions] { phone.cut = window() }
        if plan[.halfOpenLinks] { phone.deaf = window() }
    }

    private func window() -> Range<Int64> {
        counts.partitions += 1
        let begin = faults.within(0...40_000)
        return begin..<(max(begin, faults.within(40_000...70_000)))
    }
}
