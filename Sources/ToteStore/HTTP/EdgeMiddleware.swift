import HTTPTypes
import Hummingbird
import Logging
import ToteMessages
import ToteStorage
import ToteValues

/// Turns every error into an answer without any of the store's inside (LIM-3), with a request id
/// under which the log has the cause.
struct EdgeMiddleware: RouterMiddleware {
    typealias Context = StoreRequestContext

    let world: World

    func handle(
        _ request: Request, context: StoreRequestContext,
        next: (Request, StoreRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as OAuthError {
            let answer = StoreAnswer.json(OAuthProblem(error: error.error), status: error.status)
            return answer.response()
        } catch {
            var problem = Self.problem(error)
            let id = Hex.encode(world.randomBytes(8))
            problem.requestID = id
            if problem.status >= 500 {
                context.logger.error(
                    "request failed",
                    metadata: ["requestId": "\(id)", "cause": "\(Self.cause(error))"])
            }
            return StoreAnswer.problem(problem).response()
        }
    }

    private static func problem(_ error: any Error) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as HTTPError: return problem(status: error.status.code)
        case let error as any HTTPResponseError: return problem(status: error.status.code)
        default:
            return switch StorageError(error, path: "").code {
            case .full: .storageFull()
            case .busy: .busy()
            default: .internalError
            }
        }
    }

    private static func problem(status: Int) -> Problem {
        switch status {
        case 404: .notFound
        case 405: .methodNotAllowed
        case 413: .tooLarge(maxBytes: Exchange.largestBody)
        case 400..<500: Problem(status: status, code: "malformed")
        default: .internalError
        }
    }

    /// For the operator's log: the kind of error; of a database error also its message, which
    /// holds SQL of ours but no value of a shopper.
    private static func cause(_ error: any Error) -> String {
        let storage = StorageError(error, path: "store")
        return storage.code == .unexpected
            ? String(reflecting: type(of: error)) : storage.description
    }
}
