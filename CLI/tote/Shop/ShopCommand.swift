import ArgumentParser
import Tote
import ToteTerminal
import ToteValues

struct ShopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shop", abstract: "A whole trip at one prompt.",
        discussion: """
            Example: tote shop

            Type a code or scan it with a scanner that types; help lists the rest. What comes at \
            a scanner's speed is a code and never a command, and the same line twice at once is \
            one. Set the scanner to end its lines with Enter or TAB, best with AIM identifiers \
            in front.

            Scans are safe on this device before the total changes; the store is kept up to date \
            in the background. With --json each entry prints one JSON value on one line: the \
            cart, or what the command of that name prints.
            """)

    @OptionGroup var options: TripOptions

    func run() async throws {
        let trip = try await options.openReady()
        let background = BackgroundSync(trip: trip)
        await background.start()
        let editor = LineEditor(timing: ShopKeyboard.timing(.system))
        var keyboard = ShopKeyboard()
        var session = try await ShopSession(
            trip: trip, background: background, editor: editor, json: options.json)
        if !options.json { greet(session.cart) }
        while let entry = await next(editor, &keyboard, session) {
            for news in await background.takeNews() { Console.words(VisibleText.escaped(news)) }
            guard try await session.handle(entry) else { break }
        }
        await background.stop()
    }

    /// `nil` at the end of input.
    private func next(
        _ editor: LineEditor, _ keyboard: inout ShopKeyboard, _ session: ShopSession
    ) async -> ShopEntry? {
        switch await editor.readLine(prompt: ShopPrompt.text(session)) {
        case .line(let line): return keyboard.entry(line, await editor.keystrokes)
        case .tooLong:
            Refusal.show(ShopWords.lineTooLong, asJSON: options.json)
            return .nothing
        case .notText:
            Refusal.show(ShopWords.notText, asJSON: options.json)
            return .nothing
        case .endOfInput, .failed:
            // The shell's prompt starts on a line of its own.
            if editor.isInteractive { Console.words("") }
            return nil
        }
    }

    private func greet(_ cart: CartView) {
        Console.words("Scan or type a code; help lists the rest.")
        let count = cart.lines.count
        if count > 0 { Console.words("You go on with \(count) \(count == 1 ? "line" : "lines").") }
        if cart.state == "closing" {
            Console.words("A payment is under way: pay goes on with it, back opens the cart.")
        }
    }
}

enum ShopPrompt {
    /// `EUR 12.90 (offline, 2 to send) > `.
    static func text(_ session: ShopSession) -> String {
        if let words = session.passWords { return "\(words) > " }
        let cart = session.cart
        // While the store is in reach, what is unsent is on its way already.
        let state = cart.offline ? " (offline, \(cart.unsent) to send)" : ""
        return "\(cart.currency.code) \(cart.money(cart.totalMinor).text)\(state) > "
    }
}
