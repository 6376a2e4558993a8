import ArgumentParser
import ToteBarcodes
import ToteCatalogue
import ToteDecoding
import TotePictures
import ToteStorage
import ToteStore
import ToteTerminal

/// Why a command of the store did not do it.
struct StoreRefusal: Error {
    enum Kind: Int32 {
        case data = 65
        case noInput = 66
        case io = 74
        case tryLater = 75
        case permission = 77
        case configuration = 78
        case internalDefect = 70
    }

    let kind: Kind
    let code: String
    let message: String
    let mend: String

    static func report(_ error: any Error) -> Int32 {
        if let status = error as? ExitCode { return status.rawValue }
        if let lost = error as? OutputError { return lost.exitCode }
        guard let refusal = StoreRefusal(error) else { return reportUsage(error) }
        let text = "tote-store: \(VisibleText.escaped(refusal.message)) [\(refusal.code)]"
        words(refusal.mend.isEmpty ? text : text + "\n  " + VisibleText.escaped(refusal.mend))
        return refusal.kind.rawValue
    }

    private static func reportUsage(_ error: any Error) -> Int32 {
        let message = ToteStoreCommand.fullMessage(for: error)
        let isAskedFor = ToteStoreCommand.exitCode(for: error).isSuccess
        if isAskedFor { try? TerminalOutput.standard.line(message) } else { words(message) }
        return ToteStoreCommand.exitCode(for: error).rawValue
    }

    static func words(_ text: String) { try? TerminalOutput.standardError.line(text) }
}

extension StoreRefusal {
    /// `nil` for what the argument parser says.
    init?(_ error: any Error) {
        switch error {
        case let refusal as StoreRefusal: self = refusal
        case let error as StorageError: self.init(error)
        case let error as CatalogueError:
            self.init(
                kind: error.storage.map { Self($0).kind } ?? .data, code: error.code.rawValue,
                message: error.message, mend: error.mend)
        case let error as BarcodeError:
            self.init(
                kind: .data, code: error.code.rawValue, message: error.message, mend: error.mend)
        case let error as MemberAuthority.OperatorError:
            self.init(
                kind: .data, code: error.rawValue, message: Self.words(error),
                mend: "See: tote-store members list")
        case let error as StoreServerError: self.init(error)
        case let error as StoreKeysError: self.init(error)
        case let error as PictureError:
            let isMissing = error.code == .unreadable || error.code == .notARegularFile
            self.init(
                kind: isMissing ? .noInput : .data, code: error.code.rawValue,
                message: error.message, mend: error.mend)
        case is ValidationError, is CleanExit: return nil
        default:
            let type = String(reflecting: Swift.type(of: error))
            if type.hasPrefix("ArgumentParser.") { return nil }
            self.init(
                kind: .internalDefect, code: "internal", message: "A defect of ours (\(type)).",
                mend: "Please report it with what you typed.")
        }
    }

    private init(_ error: StoreServerError) {
        let kind: Kind =
            switch error.code {
            case .addressInUse: .tryLater
            case .addressNotAvailable: .configuration
            case .notAllowed: .permission
            }
        self.init(
            kind: kind, code: error.code.rawValue, message: error.message, mend: error.mend)
    }

    private init(_ error: StoreKeysError) {
        switch error {
        case .otherStore:
            self.init(
                kind: .configuration, code: "otherStore",
                message: "This folder belongs to another store number.",
                mend: "Name its number with --store, or another --folder.")
        case .malformed, .noKey:
            self.init(
                kind: .data, code: "keysMalformed",
                message: "The store's key file does not read.",
                mend: "Bring back keys.json from your backup; it is never made anew.")
        }
    }

    private init(_ error: StorageError) {
        let kind: Kind =
            switch error.code {
            case .busy: .tryLater
            case .unsafeMode: .permission
            default: .io
            }
        self.init(
            kind: kind, code: error.code.rawValue, message: "\(error.path): \(error.message)",
            mend: error.mend)
    }

    private static func words(_ error: MemberAuthority.OperatorError) -> String {
        switch error {
        case .loginTaken: "There is a member with that login already."
        case .passwordRefused: "A password has 8 to 128 characters."
        case .unknownMember: "There is no such member."
        }
    }
}
