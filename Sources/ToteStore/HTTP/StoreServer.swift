package import Hummingbird
package import Logging
import NIOCore
public import ToteValues

/// The store as an HTTP server.
public enum StoreServer {
    /// Opens the store, listens, and serves until SIGTERM or SIGINT; requests under way are
    /// finished first.
    /// - Parameter onListening: gets `http://host:port` once requests are taken.
    public static func run(
        _ configuration: StoreConfiguration, world: World = .system,
        onListening: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws {
        let services = try await StoreServices.open(configuration, world: world)
        var logger = Logger(label: "tote-store")
        logger.logLevel = .notice
        let application = application(services, logger: logger, onListening: onListening)
        try await application.runService()
    }

    /// The application over open services, for tests and for embedding.
    package static func application(
        _ services: StoreServices, logger: Logger,
        onListening: @escaping @Sendable (String) -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let configuration = services.configuration
        return Application(
            router: router(services),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 16 * 1024,
                        maxHeaderFieldCount: 100))),
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? configuration.port
                services.address.bound(host: configuration.host, port: port)
                onListening(services.address.base)
            },
            logger: logger)
    }

    private static func router(_ services: StoreServices) -> Router<StoreRequestContext> {
        let router = Router(context: StoreRequestContext.self)
        router.add(middleware: EdgeMiddleware(world: services.world))
        let table = RouteTable(router: router, services: services)
        table.addMemberRoutes()
        table.addActivateRoutes()
        return router
    }
}
