import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why the server could not listen.
public struct StoreServerError: Error, Hashable, Sendable {
    public enum Code: String, Sendable {
        /// Another program listens there.
        case addressInUse
        /// The host is none of this machine's, or no host at all.
        case addressNotAvailable
        /// Ports below 1024 need rights.
        case notAllowed
    }

    public let code: Code

    public var message: String {
        switch code {
        case .addressInUse: "Another program listens at that address."
        case .addressNotAvailable: "This machine has no such address."
        case .notAllowed: "That port may not be used without rights."
        }
    }

    public var mend: String {
        switch code {
        case .addressInUse: "Stop it, or choose another --port; 0 takes a free one."
        case .addressNotAvailable: "Use --host 127.0.0.1, or 0.0.0.0 for all of its addresses."
        case .notAllowed: "Choose a --port from 1024 up."
        }
    }

    /// Turns the system's refusals to listen into this error; all else passes.
    static func mapping(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let error as IOError {
            switch error.errnoCode {
            case EADDRINUSE: throw StoreServerError(code: .addressInUse)
            case EADDRNOTAVAIL: throw StoreServerError(code: .addressNotAvailable)
            case EACCES, EPERM: throw StoreServerError(code: .notAllowed)
            default: throw error
            }
        } catch is SocketAddressError {
            throw StoreServerError(code: .addressNotAvailable)
        }
    }
}
