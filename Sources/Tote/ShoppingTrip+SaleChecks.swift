public import ToteBarcodes
import ToteCarts
public import ToteCatalogue
import ToteValues

/// What stands against adding a code, before anything is recorded (EXP-1…6, CPN-4, PLU-2).
extension ShoppingTrip {
    /// The articles that a code may name, in the order of the catalogue; empty when it names none.
    public func candidates(for input: ScanInput) throws(TripError) -> [PricedItem] {
        let code = try understand(input)
        do { return try catalogue().candidates(for: code, at: world.now()) } catch {
            throw TripError(scanning: error)
        }
    }

    /// - Throws: the worst that stands against it: what stops the sale, or a question that was
    ///   not answered with yes.
    func checkSale(of code: ScannedCode, confirmed: Set<String> = []) throws(TripError) {
        if case .coupon(let coupon) = code.reading { throw try refusal(of: coupon, code) }
        let serials = code.itemSerial == nil ? [] : try serialsInCart()
        let findings =
            try catalogue().saleFindings(for: code, at: world.now(), serialsInCart: serials)
            + code.findings
        let worst =
            findings.first { $0.severity == .stop }
            ?? findings.first { $0.severity == .ask && !confirmed.contains($0.kind.rawValue) }
        if let worst { throw TripError(worst) }
    }

    /// A piece that is in the cart cannot be added again, also not by raising its line.
    func serialsInCart() throws(TripError) -> Set<ItemSerial> {
        guard let record = try currentCart() else { return [] }
        let profile = try catalogue().profile
        let today = profile.day(of: world.now())
        let standing = try view(record).dots.values.filter { $0.live + $0.frozen > 0 }
        return Set(
            standing.compactMap { state in
                state.scan.flatMap { scan in
                    ScanInput(cartCode: scan.code, symbology: scan.symbology)
                }.flatMap { input in
                    try? interpret(input, rules: profile.rules, today: today).itemSerial
                }
            })
    }

    /// The key under which a coupon is presented (OFF-110): its data by form, or what was typed.
    /// - Throws: for a coupon that cannot count, and `alreadyApplied` for one that is presented.
    func couponKey(_ text: String) throws(TripError) -> String {
        var key = text
        let profile = try catalogue().profile
        let today = profile.day(of: world.now())
        do {
            let code = try interpret(ScanInput(typed: text), rules: profile.rules, today: today)
            if case .coupon(let coupon) = code.reading {
                key = coupon.key
                if let finding = code.findings.first(where: { $0.severity != .note }) {
                    throw TripError(finding)
                }
            }
        } catch let error as BarcodeError where error.code == .couponMalformed {
            throw TripError(error)
        } catch let error as TripError {
            throw error
        } catch {
            // Offers have keys of their own making, which need be no code at all.
        }
        guard try !isPresented(key) else { throw .alreadyApplied }
        return key
    }

    /// A coupon goes into no line: it is presented, and presenting it twice does nothing.
    private func refusal(
        of coupon: CouponCode, _ code: ScannedCode
    ) throws(TripError) -> TripError {
        if try isPresented(coupon.key) { return .alreadyApplied }
        let finding = code.findings.first { $0.severity != .note }
        return finding.map { TripError($0) } ?? .wrongPurpose(.coupon)
    }

    private func isPresented(_ key: String) throws(TripError) -> Bool {
        guard let record = try currentCart() else { return false }
        return try view(record).clippedKeys.contains(key)
    }
}
