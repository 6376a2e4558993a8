import Crypto
import FoundationEssentials

/// The page at `/activate`, where a member approves a device: plain HTML without script, read as
/// well in a terminal's browser of 80 columns as on a telephone.
package struct ActivatePage: Sendable {
    package let storeName: String

    package init(storeName: String) { self.storeName = storeName }

    /// The form.
    /// - Parameter problem: one sentence about what went wrong before.
    package func form(
        userCode: String, login: String = "", token: String, problem: String? = nil
    ) -> String {
        let warning = problem.map { "<p class=\"problem\" role=\"alert\">\(Self.escaped($0))</p>" }
        return page(
            title: "Sign in a device",
            body: """
                \(warning ?? "")
                <p>A device or terminal shows a code and asks to act as you at
                <b>\(Self.escaped(storeName))</b>. It will see your name and tier, use member
                prices, earn and burn your points, and keep this trip's receipts. It will not
                see your password.</p>
                <p><b>Go on only if you started this yourself</b> and the code below is the one
                on your own screen. Nobody from the store will ever ask you for it.</p>
                <form method="post" action="/activate" autocomplete="off">
                <input type="hidden" name="csrf" value="\(Self.escaped(token))">
                <p><label>Code on the device<br>
                <input name="user_code" value="\(Self.escaped(userCode))" required maxlength="20"
                autocapitalize="characters" spellcheck="false"></label></p>
                <p><label>Member name<br>
                <input name="member" value="\(Self.escaped(login))" maxlength="64"
                autocapitalize="none" autocomplete="username" spellcheck="false"></label></p>
                <p><label>Password<br>
                <input name="password" type="password" maxlength="512"
                autocomplete="current-password"></label></p>
                <p><button name="action" value="approve">Yes, sign in this device</button>
                <button name="action" value="deny" class="quiet">No, it is not mine</button></p>
                </form>
                """)
    }

    /// A page with one message.
    package func message(title: String, text: String) -> String {
        page(title: title, body: "<p>\(Self.escaped(text))</p>")
    }

    /// Allows this page's own style and nothing else.
    package static let contentSecurityPolicy: String = {
        let hash = Data(SHA256.hash(data: Array(style.utf8))).base64EncodedString()
        return "default-src 'none'; style-src 'sha256-\(hash)'; form-action 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'"
    }()

    private func page(title: String, body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(Self.escaped(title)) - \(Self.escaped(storeName))</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <main>
        <h1>\(Self.escaped(title))</h1>
        \(body)
        </main>
        </body>
        </html>

        """
    }

    private static let style = """
        :root { color-scheme: light dark; font: 1.05rem/1.5 system-ui, sans-serif; }
        body { margin: 0; }
        main { max-width: 34rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.5rem; }
        input { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem; }
        button { font: inherit; padding: .7rem 1rem; margin: .3rem .5rem .3rem 0; }
        .quiet { background: none; border: 1px solid; }
        .problem { border-left: .3rem solid #b00; padding-left: .7rem; font-weight: 600; }
        """

    /// For text and double-quoted attributes.
    package static func escaped(_ text: String) -> String {
        var safe = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            default: safe.unicodeScalars.append(character)
            }
        }
        return safe
    }
}
