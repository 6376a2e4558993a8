import Crypto
package import ToteExits
package import ToteValues

extension StoreKeys {
    /// The public keys as a gate in the same folder believes them.
    package func verifiedKeySet(at now: Moment) throws -> GateKeySet {
        try keySet(at: now).verified(root: root.publicKey, store: store)
    }
}
