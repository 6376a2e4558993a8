import ToteCarts
import ToteMessages
import TotePayments
import ToteSync
import ToteValues

/// One simulated trip: phones, a store, a payment provider and a network in virtual time. What is
/// decided here is the world alone: when messages arrive, what a crash leaves, what shoppers want.
/// Carts, sync and settlement are the shipping values.
final class Trip {
    enum Event {
        case intent(phone: Int)
        case flushed(phone: Int, life: Int)
        case timer(phone: Int, life: Int, CartID, DeviceSync.Event)
        case noAnswer(phone: Int, life: Int, CartID, number: Int)
        case idle(phone: Int, life: Int)
        case close(phone: Int, life: Int)
        case toStore(Message)
        case toPhone(Message)
        case crash(phone: Int)
        case restart(phone: Int)
        case file(phone: Int)
        case saveFile(phone: Int)
        case storeGroup(life: Int)
        case storeDurable(life: Int)
        case storeCrash
        case storeRestart
        case storeTick(life: Int)
        case reconcile(life: Int)
        case forgery
        case providerCall(ProviderErrand, life: Int)
        case providerReply(ProviderErrand, ProviderReply, life: Int)
        case backup
        case restore(silent: Bool)
        case clockJump
        case newBook
        case heal
    }

    let seed: UInt64
    let plan: FaultPlan
    let options: TripOptions
    var now: Int64 = 0
    var heap = EventHeap<Event>()
    var trace = TraceHash()
    var counts = TripCounts()
    var violations: [Violation] = []
    /// What happened, in words, when somebody wants to read it.
    var diary: [String] = []

    var phones: [Phone] = []
    let store: StoreNode
    var provider = ProviderBook()
    var prices = PriceTable()
    var ledger = TruthLedger()
    var history = LogHistory()
    let cart: CartID
    let member = String(repeating: "5a", count: 16)
    var requests = 0
    var isHealed = false
    /// Old messages that still may arrive; the world waits for them before the last look.
    var lastReplay: Int64 = 0

    var shopping: Draw
    var network: Draw
    var disk: Draw
    var faults: Draw
    var names: Draw
    var paying: Draw

    init(seed: UInt64, options: TripOptions) {
        self.seed = seed
        self.options = options
        plan = FaultPlan(seed: seed, without: options.without)
        shopping = Draw(seed: seed, purpose: 1)
        network = Draw(seed: seed, purpose: 2)
        disk = Draw(seed: seed, purpose: 3)
        faults = Draw(seed: seed, purpose: 4)
        names = Draw(seed: seed, purpose: 5)
        paying = Draw(seed: seed, purpose: 6)
        let raw = names.bytes16()
        cart = CartID(
            Bytes16(
                high: raw.high & ~0xF000 | 0x7000,
                low: raw.low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000))
        store = StoreNode(epoch: Epoch(names.next()))
        setUpPhones()
        setUpFaults()
    }

    /// Runs to the end and looks at everything once more.
    func run() -> TripOutcome {
        while violations.isEmpty, let (time, event) = heap.pop(), time < end {
            now = max(now, time)
            counts.events += 1
            handle(event)
        }
        if violations.isEmpty { checkEnd() }
        counts.trips = 1
        counts.virtualMilliseconds = now
        return TripOutcome(
            seed: seed, counts: counts, traceHash: trace.value, violations: violations,
            faults: plan.names, diary: diary)
    }

    /// When the last look is taken, whatever is still under way.
    private var end: Int64 {
        max(lastReplay, TripTime.heal + 2 * TripTime.quiet) + TripTime.quiet
    }

    func after(_ milliseconds: Int64, _ event: Event) {
        heap.insert(event, at: now + milliseconds)
    }

    /// The store's wall clock.
    var storeClock: Int64 { Self.epochStart + now + store.clockJump }
    static let epochStart: Int64 = 1_795_256_100_000

    func phoneClock(_ phone: Phone) -> Moment {
        Moment(milliseconds: Self.epochStart + now + phone.skew)
    }

    func note(_ words: @autoclosure () -> String) {
        if options.keepsDiary { diary.append("\(now) \(words())") }
    }

    func violate(_ invariant: Invariant, _ story: @autoclosure () -> String) {
        guard violations.count < 3 else { return }
        violations.append(
            Violation(seed: seed, invariant: invariant, time: now, story: story()))
    }

    private func handle(_ event: Event) {
        trace.mix(now)
        switch event {
        case .intent(let phone): wish(phones[phone])
        case .flushed(let phone, let life): flushed(phones[phone], life)
        case .timer(let phone, let life, let cart, let event):
            if phones[phone].life == life { queue(phones[phone], .event(cart, event)) }
        case .noAnswer(let phone, let life, let cart, let number):
            timedOut(phones[phone], life, cart, number)
        case .idle(let phone, let life): idle(phones[phone], life)
        case .close(let phone, let life):
            if phones[phone].life == life { queue(phones[phone], .close) }
        case .toStore(let message): arriveAtStore(message)
        case .toPhone(let message): arriveAtPhone(message)
        case .crash(let phone): crash(phones[phone])
        case .restart(let phone): restart(phones[phone])
        case .file(let phone): moveFile(phones[phone])
        case .saveFile(let phone): phones[phone].backup = phones[phone].durable
        case .storeGroup(let life): beginGroup(life)
        case .storeDurable(let life): endGroup(life)
        case .storeCrash: crashStore()
        case .storeRestart: restartStore()
        case .storeTick(let life): tick(life)
        case .reconcile(let life): if store.life == life, store.isUp { reconcile() }
        case .forgery: forge()
        case .providerCall(let errand, let life): callProvider(errand, life)
        case .providerReply(let errand, let reply, let life): providerReplied(errand, reply, life)
        case .backup: store.backup = store.durable
        case .restore(let silent): restoreStore(silent: silent)
        case .clockJump: store.clockJump -= 3_600_000
        case .newBook: prices.change(at: now + store.clockJump)
        case .heal: heal()
        }
    }
}

/// What one run leaves out or does differently.
package struct TripOptions: Sendable {
    /// Classes of faults that are switched off.
    package var without: Set<FaultClass> = []
    package var variant: Variant?
    /// Requests and answers go through their JSON.
    package var isOverWire = false

    /// Tells in words what happened.
    package var keepsDiary = false

    package init() {}

    /// Changes that must harm nothing (SYNC-75).
    package enum Variant: String, CaseIterable, Sendable {
        /// Everything is pushed again after each crash.
        case repushAll
        /// Every message comes twice.
        case twice
        /// Syncs come at random.
        case randomRhythm
    }
}
