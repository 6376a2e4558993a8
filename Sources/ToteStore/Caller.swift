package import ToteMembers
package import ToteValues

/// Who asks, as the credential says it; nothing of it comes from the body.
package struct Caller: Hashable, Sendable {
    /// A member as the store's own services see one.
    package struct MemberReference: Hashable, Sendable {
        /// The authority's own identifier; never sent.
        package let memberID: String
        /// 16 bytes that stand for the member in this store group (IDS-1).
        package let pairwiseID: [UInt8]
        package let state: MemberState
        package let tier: Tier
        /// What offers may ask about, such as `tier:gold`.
        package let segments: [String]

        package init(
            memberID: String, pairwiseID: [UInt8], state: MemberState, tier: Tier,
            segments: [String]
        ) {
            self.memberID = memberID
            self.pairwiseID = pairwiseID
            self.state = state
            self.tier = tier
            self.segments = segments
        }
    }

    /// What a request may do to a cart; the numbers are the log's (`cart-sync.md` section 2).
    package enum Standing: UInt8, Sendable {
        case shopper = 1, associate = 2, kiosk = 3
    }

    /// The device whose key made the proof; `nil` until that key has created a cart.
    package let device: DeviceID?
    package let member: MemberReference?
    /// The guest trip that the key belongs to.
    package let guestCart: CartID?
    package let standing: Standing
    /// RFC 7638 thumbprint of the proven key; `nil` without a proof.
    package let keyThumbprint: String?

    package init(
        device: DeviceID? = nil, member: MemberReference? = nil, guestCart: CartID? = nil,
        standing: Standing = .shopper, keyThumbprint: String? = nil
    ) {
        self.device = device
        self.member = member
        self.guestCart = guestCart
        self.standing = standing
        self.keyThumbprint = keyThumbprint
    }

    package static let anonymous = Caller()
    package var isAnonymous: Bool { member == nil && guestCart == nil }
}
