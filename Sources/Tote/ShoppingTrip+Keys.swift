import ToteCarts
import ToteMembers
import ToteValues

/// Which key proves what. The device key stands for a sign-in; a guest trip has a key of its own,
/// so that no two trips can be told to be one person's (GUEST-1).
extension ShoppingTrip {
    /// The key of sign-in, made at first need.
    func deviceKey() throws(TripError) -> DeviceKey { try keyContents().deviceKey }

    /// The key that proves the right to a cart; a guest's is drawn before the store hears of it.
    func tripKey(_ record: CartRecord) throws(TripError) -> DeviceKey {
        var contents = try keyContents()
        if let key = contents.tripKeys[record.cart] { return key }
        guard record.isGuest, !record.isRegistered else { return contents.deviceKey }
        let key = try newKey()
        contents.tripKeys[record.cart] = key
        try save(contents)
        return key
    }

    /// The key that a sign-in binds: in the middle of a guest's trip that trip's, because the
    /// store gives a cart only to the key that began it.
    func signInKey() throws(TripError) -> DeviceKey {
        guard let record = try currentCart(), try view(record).state != .paid else {
            return try deviceKey()
        }
        let key = try tripKey(record)
        var contents = try keyContents()
        contents.deviceKey = key
        try save(contents)
        return key
    }

    /// Forgets tokens and key; a trip under way keeps its key and goes on as a guest's.
    func wipeSignIn() throws(TripError) {
        let trip = try currentCart()
        do { try tokens.wipe(keeping: trip?.cart, world: world) } catch { throw TripError(error) }
    }

    func keyContents() throws(TripError) -> TokenStore.Contents {
        do throws(MemberError) {
            if let contents = try tokens.load() { return contents }
        } catch { throw TripError(error) }
        let contents = TokenStore.Contents(deviceKey: try newKey())
        try save(contents)
        return contents
    }

    func save(_ contents: TokenStore.Contents) throws(TripError) {
        do { try tokens.save(contents) } catch { throw TripError(error) }
    }

    private func newKey() throws(TripError) -> DeviceKey {
        do { return try DeviceKey.make(world: world) } catch { throw TripError(error) }
    }
}
