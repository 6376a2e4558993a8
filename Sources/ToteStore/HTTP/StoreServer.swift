import Dispatch
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
        let logger = logger()
        let application = application(services, logger: logger, onListening: onListening)
        // Streams of events have no end of their own, and a stop waits for what is under way.
        let stops = stopSignals.map { signal in
            let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
            source.setEventHandler { services.database.hints.close() }
            source.resume()
            return source
        }
        defer { for stop in stops { stop.cancel() } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keepTime(services, logger: logger) }
            group.addTask {
                try await StoreServerError.mapping { try await application.runService() }
            }
            // Time has no end, so the first to end is the server: asked to stop, or failed.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// SIGTERM and SIGINT, by their numbers in POSIX.
    private static let stopSignals: [Int32] = [15, 2]

    private static func logger() -> Logger {
        var logger = Logger(label: "tote-store")
        logger.logLevel = .notice
        return logger
    }

    /// Moves on what waits in settlements, once a second (INV-9), and forgets what is over, daily.
    private static func keepTime(_ services: StoreServices, logger: Logger) async throws {
        var seconds = 0
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(1))
                seconds += 1
                try await services.settlements.tick()
                if seconds.isMultiple(of: 60) { try await services.carts.endLocks() }
                if seconds.isMultiple(of: 86_400) { try await services.members.purge() }
            } catch is CancellationError {
                return
            } catch {
                logger.error("timer failed", metadata: ["cause": "\(type(of: error))"])
            }
        }
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
                    additionalChannelHandlers: [
                        HeadDeadline(limit: .seconds(configuration.headSeconds))
                    ],
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
        table.addDocumentRoutes()
        table.addCartRoutes()
        table.addEventRoutes()
        table.addPaymentRoutes()
        return router
    }
}
