public import ToteValues

/// The authority's answer to a device (RFC 8628 section 3.2).
public struct DeviceAuthorizationAnswer: Hashable, Sendable {
    /// Secret between device and authority; never shown.
    public let deviceCode: String
    /// What the member types, `XXXX-XXXX`.
    public let userCode: String
    public let verificationURI: String
    public let verificationURIComplete: String
    public let expiresInSeconds: Int
    public let intervalSeconds: Int

    public init(
        deviceCode: String, userCode: String, verificationURI: String,
        verificationURIComplete: String, expiresInSeconds: Int, intervalSeconds: Int
    ) {
        self.deviceCode = deviceCode
        self.userCode = userCode
        self.verificationURI = verificationURI
        self.verificationURIComplete = verificationURIComplete
        self.expiresInSeconds = expiresInSeconds
        self.intervalSeconds = intervalSeconds
    }
}

extension DeviceAuthorizationAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "device_code": .string(deviceCode), "user_code": .string(userCode),
            "verification_uri": .string(verificationURI),
            "verification_uri_complete": .string(verificationURIComplete),
            "expires_in": .integer(Int64(expiresInSeconds)),
            "interval": .integer(Int64(intervalSeconds)),
        ])
    }

    /// `interval` is 5 when the authority names none (RFC 8628 section 3.2).
    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        deviceCode = try reader.required("device_code").string(maxBytes: 1024)
        userCode = try reader.required("user_code").string(maxBytes: 64)
        verificationURI = try reader.required("verification_uri").string(maxBytes: 2048)
        verificationURIComplete =
            try reader.optional("verification_uri_complete")?.string(maxBytes: 2048)
            ?? verificationURI
        expiresInSeconds = try reader.required("expires_in").count(in: 1...86_400)
        intervalSeconds = try reader.optional("interval")?.count(in: 1...600) ?? 5
    }
}

/// Tokens of one session (RFC 6749 section 5.1 with `token_type` DPoP, RFC 9449 section 5).
public struct TokenAnswer: Hashable, Sendable {
    public let accessToken: String
    public let refreshToken: String
    public let expiresInSeconds: Int
    public let session: MemberSession

    public init(
        accessToken: String, refreshToken: String, expiresInSeconds: Int, session: MemberSession
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiresInSeconds = expiresInSeconds
        self.session = session
    }
}

extension TokenAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "access_token": .string(accessToken), "token_type": .string("DPoP"),
            "refresh_token": .string(refreshToken),
            "expires_in": .integer(Int64(expiresInSeconds)), "session": session.json,
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let type = try reader.required("token_type")
        guard try type.string() == "DPoP" else { throw type.failure(.invalid) }
        accessToken = try reader.required("access_token").string()
        refreshToken = try reader.required("refresh_token").string(maxBytes: 1024)
        expiresInSeconds = try reader.required("expires_in").count(in: 1...86_400)
        session = try reader.required("session").read(MemberSession.self)
    }
}
