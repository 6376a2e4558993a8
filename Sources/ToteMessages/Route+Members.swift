/// The routes of members and of the authority (members-privacy section 2).
extension RouteTemplate {
    public static let health = RouteTemplate("GET", "/healthz")
    public static let authorityMetadata = RouteTemplate(
        "GET", "/.well-known/oauth-authorization-server")
    public static let deviceAuthorization = RouteTemplate(
        "POST", "/v1/oauth/device_authorization")
    public static let token = RouteTemplate("POST", "/v1/oauth/token")
    public static let revokeToken = RouteTemplate("POST", "/v1/oauth/revoke")
    public static let tokenKeys = RouteTemplate("GET", "/v1/oauth/jwks")
    public static let activatePage = RouteTemplate("GET", "/activate")
    public static let activate = RouteTemplate("POST", "/activate")
    public static let ownMembership = RouteTemplate("GET", "/v1/members/me")

    public static let members: [RouteTemplate] = [
        .health, .authorityMetadata, .deviceAuthorization, .token, .revokeToken, .tokenKeys,
        .activatePage, .activate, .ownMembership,
    ]
}

extension Route {
    public static let deviceAuthorization = RouteTemplate.deviceAuthorization.route()
    public static let token = RouteTemplate.token.route()
    public static let revoke = RouteTemplate.revokeToken.route()
    public static let me = RouteTemplate.ownMembership.route()
}
