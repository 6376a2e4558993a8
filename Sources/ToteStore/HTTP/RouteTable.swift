import Hummingbird
import ToteMessages

/// Registers routes by their templates: decode, call a service, encode; nothing is decided here.
struct RouteTable {
    let router: Router<StoreRequestContext>
    let services: StoreServices

    static let jsonType = "application/json"
    static let formType = "application/x-www-form-urlencoded"

    func on(
        _ template: RouteTemplate, contentType: String = jsonType,
        _ handle: @escaping @Sendable (Exchange) async throws -> StoreAnswer
    ) {
        guard let method = HTTPRequest.Method(template.method) else { return }
        router.on(RouterPath(template.template), method: method) { [services] request, context in
            let exchange = try await Exchange(
                request, context, services: services, contentType: contentType)
            return try await handle(exchange)
                .response(acceptEncoding: exchange.header("Accept-Encoding"))
        }
    }
}
