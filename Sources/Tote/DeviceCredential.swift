import ToteMembers
import ToteSync
import ToteValues

/// A token bound to a device key, as every request after the first contact presents it
/// (RFC 9449 section 7).
struct DeviceCredential: RequestCredential {
    let key: DeviceKey
    let token: String
    let world: World

    func headers(method: String, url: String) throws -> [(name: String, value: String)] {
        [
            ("authorization", "DPoP " + token),
            ("dpop", try proof(method: method, url: url, token: token)),
        ]
    }

    private func proof(method: String, url: String, token: String?) throws -> String {
        try key.proof(
            method: method, url: url, accessToken: token, now: world.now(),
            jti: Hex.encode(world.randomBytes(16)))
    }
}

/// Proves the device key alone, where no token exists yet: signing in, a guest's first contact.
struct KeyProof: RequestCredential {
    let key: DeviceKey
    let world: World

    func headers(method: String, url: String) throws -> [(name: String, value: String)] {
        let proof = try key.proof(
            method: method, url: url, now: world.now(), jti: Hex.encode(world.randomBytes(16)))
        return [("dpop", proof)]
    }
}
