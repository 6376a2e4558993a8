import ToteCarts
import ToteCatalogue
import ToteOffers
import ToteValues

extension ShoppingTrip {
    /// The cart and its true total now. Works without a network.
    public func cart() throws(TripError) -> CartView {
        let record = try openRecord()
        return try cartView(record)
    }

    /// The cart that takes scans, if there is one.
    func currentCart() throws(TripError) -> CartRecord? {
        try cartErrors { () throws(CartError) in try carts.currentCart() }
    }

    /// The cart that takes scans; a new one when there is none or the last is paid.
    func openRecord() throws(TripError) -> CartRecord {
        if let record = try currentCart() {
            guard try view(record).state == .paid else { return record }
            if let late = try lateCart(record) { return late }
        }
        let guest = try membership() == nil
        return try cartErrors { () throws(CartError) in try carts.newCart(guest: guest) }
    }

    /// The cart that holds what came too late for a payment, now the current one; `nil` when
    /// nothing did.
    func lateCart(_ record: CartRecord) throws(TripError) -> CartRecord? {
        let view = try view(record)
        guard let target = view.carryOver, view.dots.values.contains(where: { $0.carried > 0 })
        else { return nil }
        return try cartErrors { () throws(CartError) in try carts.adopt(target, like: record) }
    }

    func view(_ record: CartRecord) throws(TripError) -> Cart {
        try cartErrors { () throws(CartError) in try carts.view(record.cart) }
    }

    func hasOpenGoods() throws(TripError) -> Bool {
        guard let record = try currentCart() else { return false }
        let view = try view(record)
        return view.liveUnits > 0 || view.state == .closing
    }

    @discardableResult
    func commit(
        _ intent: CartIntent, intent mark: IntentID? = nil
    ) throws(TripError) -> [CartOperation] {
        let record = try openRecord()
        guard try view(record).state != .closing else { throw .paymentUnderWay }
        return try cartErrors { () throws(CartError) in
            try carts.commit(intent, cart: record.cart, intentID: mark)
        }
    }

    /// Prices the live units with the catalogue and offers at hand; the frozen ones while a
    /// payment is under way.
    func price(
        _ record: CartRecord, at moment: Moment, withHints: Bool = false
    ) throws(TripError) -> PricedCart {
        let cart = try view(record)
        // What is frozen costs what was confirmed, also a minute later.
        let moment = try frozenClose(cart)?.at ?? moment
        let catalogue = try catalogue()
        let member = try pricingMember()
        do throws(PricingError) {
            let offers = try bookOffers(catalogue)
            return try CartPricing.price(
                cart: cart, which: cart.state == .closing ? .frozen : .live, catalogue: catalogue,
                member: member, at: moment, logPrefix: record.cursor?.hash,
                offers: offers.promotions, withHints: withHints)
        } catch { throw TripError(error) }
    }

    /// Scans that cannot be sold now; they are in no line.
    func waitingScans() throws(TripError) -> [WaitingScan] {
        guard let record = try currentCart() else { return [] }
        let cart = try view(record)
        return try price(record, at: world.now()).waiting.map { WaitingScan($0, in: cart) }
    }

    private func bookOffers(_ catalogue: Catalogue) throws(PricingError) -> BookOffers {
        if let offers, offers.book == catalogue.bookVersion { return offers }
        let fresh = try BookOffers(catalogue)
        offers = fresh
        return fresh
    }

    private func cartView(_ record: CartRecord) throws(TripError) -> CartView {
        let priced = try price(record, at: world.now(), withHints: true)
        let unsent = try cartErrors { () throws(CartError) in try carts.unsent(record.cart) }
        let known = try view(record)
        let composer = CartViewComposer(
            priced: priced, record: record,
            waiting: priced.waiting.map { WaitingScan($0, in: known) },
            unsent: Set(unsent.map(\.operation.dot)),
            offers: offers)
        return composer.view(
            state: try view(record).state.rawValue, currency: try catalogue().profile.currency,
            unsentCount: unsent.count, offline: isOffline, member: try membership() != nil)
    }
}
