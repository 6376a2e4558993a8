import HTTPTypes
import Hummingbird
import ToteMessages
import ToteValues

/// Sign-in and membership over HTTP. OAuth routes take forms and answer as RFC 6749 says.
extension RouteTable {
    func addMemberRoutes() {
        on(.health) { _ in .json(.object(["status": .string("ok")])) }
        on(.authorityMetadata) { exchange in .json(Self.metadata(exchange.services.address.base)) }
        on(.tokenKeys) { exchange in
            .json(.object(["keys": .array([exchange.services.members.signer.publicJWK])]))
        }
        on(.deviceAuthorization, contentType: Self.formType) { exchange in
            let form = try Self.oauthForm(exchange)
            guard let client = form["client_id"] else { throw OAuthError.invalidRequest }
            return .json(try await exchange.services.members.authorizeDevice(clientID: client))
        }
        on(.token, contentType: Self.formType, Self.token)
        on(.revokeToken, contentType: Self.formType) { exchange in
            let form = try Self.oauthForm(exchange)
            try await exchange.services.members.revoke(
                token: form["token"], session: form["session_id"],
                proof: try Self.proof(exchange), request: exchange.proven)
            return .json(.object([:]))
        }
        on(.ownMembership) { exchange in
            let caller = try await exchange.knownCaller()
            let points = try await exchange.services.points(of: caller)
            return .json(try await exchange.services.members.view(of: caller, points: points))
        }
    }

    private static func token(_ exchange: Exchange) async throws -> StoreAnswer {
        let form = try oauthForm(exchange)
        guard let client = form["client_id"] else { throw OAuthError.invalidRequest }
        let members = exchange.services.members
        switch form["grant_type"] {
        case "urn:ietf:params:oauth:grant-type:device_code":
            guard let code = form["device_code"] else { throw OAuthError.invalidRequest }
            return .json(
                try await members.redeem(
                    deviceCode: code, clientID: client, proof: try proof(exchange),
                    request: exchange.proven))
        case "refresh_token":
            guard let token = form["refresh_token"] else { throw OAuthError.invalidRequest }
            return .json(
                try await members.refresh(
                    token: token, clientID: client, retryKey: exchange.header("Idempotency-Key"),
                    proof: try proof(exchange), request: exchange.proven))
        case nil: throw OAuthError.invalidRequest
        default: throw OAuthError("unsupported_grant_type")
        }
    }

    private static func oauthForm(_ exchange: Exchange) throws -> FormBody {
        guard let form = FormBody(exchange.body) else { throw OAuthError.invalidRequest }
        return form
    }

    private static func proof(_ exchange: Exchange) throws -> String {
        guard let proof = exchange.header("DPoP") else { throw OAuthError.invalidProof }
        return proof
    }

    /// RFC 8414 with RFC 8628 section 4 and RFC 9449 section 5.1.
    private static func metadata(_ base: String) -> JSONValue {
        .object([
            "issuer": .string(base),
            "device_authorization_endpoint": .string(
                base + RouteTemplate.deviceAuthorization.template),
            "token_endpoint": .string(base + RouteTemplate.token.template),
            "revocation_endpoint": .string(base + RouteTemplate.revokeToken.template),
            "jwks_uri": .string(base + RouteTemplate.tokenKeys.template),
            "grant_types_supported": .strings([
                "urn:ietf:params:oauth:grant-type:device_code", "refresh_token",
            ]),
            "response_types_supported": .array([]),
            "token_endpoint_auth_methods_supported": .strings(["none"]),
            "dpop_signing_alg_values_supported": .strings(["EdDSA", "ES256"]),
        ])
    }
}
