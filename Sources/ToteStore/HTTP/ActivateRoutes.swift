import HTTPTypes
import Hummingbird
import ToteMessages
import ToteValues

/// The approval page. Its cookie names the form; the form carries the matching token, which a page
/// of another site cannot know.
extension RouteTable {
    private static let cookie = "tote-form"

    func addActivateRoutes() {
        on(.activatePage) { exchange in
            let typed = exchange.query("user_code") ?? ""
            let code = MemberAuthority.UserCode.normalised(typed) ?? ""
            return Self.form(exchange, form: exchange.services.members.newForm(), code: code)
        }
        on(.activate, contentType: Self.formType, Self.submit)
    }

    private static func submit(_ exchange: Exchange) async throws -> StoreAnswer {
        let members = exchange.services.members
        guard let body = FormBody(exchange.body) else {
            throw Problem.malformed("The form does not read.")
        }
        guard isOwnOrigin(exchange), let form = formID(exchange),
            let token = body["csrf"], members.accepts(form: form, token: token)
        else {
            return Self.form(
                exchange, form: members.newForm(), code: "", status: 403,
                problem: "This page was open too long, or was not ours. Please try again.")
        }
        let outcome = try await members.decide(
            .init(
                form: form, userCode: body["user_code"] ?? "", login: body["member"] ?? "",
                password: body["password"] ?? "", approves: body["action"] == "approve",
                source: exchange.context.source))
        return answer(outcome, exchange, form: form, body: body)
    }

    private static func answer(
        _ outcome: MemberAuthority.ApprovalOutcome, _ exchange: Exchange, form: String,
        body: FormBody
    ) -> StoreAnswer {
        func again(_ status: Int, _ problem: String) -> StoreAnswer {
            Self.form(
                exchange, form: form, code: body["user_code"] ?? "", login: body["member"] ?? "",
                status: status, problem: problem)
        }
        let page = exchange.services.activatePage
        switch outcome {
        case .approved(let name):
            return html(
                page.message(
                    title: "Device signed in",
                    text: "Thank you, \(name). Go back to your device; you can close this page."))
        case .denied:
            return html(
                page.message(
                    title: "Device refused",
                    text: "That device was not signed in. If it was not yours, all is well."))
        case .wrongCode:
            return again(400, "That code is not valid now. Read it again on your device.")
        case .refused:
            return again(401, "Member name or password is not right, or may not sign in now.")
        case .tooMany(let seconds):
            var answer = again(429, "Too many tries. Please wait \(seconds) s and try again.")
            answer.headers.append((.retryAfter, String(seconds)))
            return answer
        }
    }

    private static func form(
        _ exchange: Exchange, form: String, code: String, login: String = "", status: Int = 200,
        problem: String? = nil
    ) -> StoreAnswer {
        let members = exchange.services.members
        let page = exchange.services.activatePage.form(
            userCode: code, login: login, token: members.formToken(form), problem: problem)
        var answer = html(page, status: status)
        let isSecure = exchange.services.address.base.hasPrefix("https://")
        answer.headers.append(
            (
                .setCookie,
                "\(cookie)=\(form); Path=/activate; HttpOnly; SameSite=Strict"
                    + (isSecure ? "; Secure" : "")
            ))
        return answer
    }

    private static func html(_ text: String, status: Int = 200) -> StoreAnswer {
        StoreAnswer(
            status: status, contentType: "text/html; charset=utf-8",
            headers: [
                (.contentSecurityPolicy, ActivatePage.contentSecurityPolicy),
                (.xFrameOptions, "DENY"),
                // `no-referrer` would make browsers post the form with `Origin: null`.
                (.referrerPolicy, "same-origin"),
            ],
            body: Array(text.utf8))
    }

    private static func formID(_ exchange: Exchange) -> String? {
        guard let id = exchange.request.cookies[cookie]?.value,
            Hex.decode(id)?.count == 16
        else { return nil }
        return id
    }

    /// A browser names the page that a form came from; absent is not foreign.
    private static func isOwnOrigin(_ exchange: Exchange) -> Bool {
        guard let origin = exchange.request.headers[.origin] else { return true }
        return exchange.services.address.all.contains(origin)
    }
}

extension HTTPField.Name {
    // The names are tokens by RFC 9110, so none of these is ever nil; an unlikely nil is harmless.
    fileprivate static let xFrameOptions = HTTPField.Name("X-Frame-Options") ?? .vary
    fileprivate static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .vary
}
