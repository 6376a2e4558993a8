import Tote
import ToteBarcodes
import ToteValues

/// What was typed or scanned at the prompt of `tote shop`.
enum ShopEntry: Equatable {
    case code(String)
    /// From a scanner that types. Never a command, whatever it says.
    case scanned(ScanInput)
    /// The scanner sent its last line twice.
    case sentTwice
    /// No digit in it: neither a code nor a command.
    case words(String)
    case photo(String)
    /// One more of the last line.
    case more
    /// One less of the last line.
    case less
    /// So many of the last line.
    case count(Int)
    case remove(String)
    case cart, offers, sync, pass, help, quit, nothing, receipt, login, back
    case find(String)
    /// A coupon's code.
    case clip(String)
    /// Tenders as in `tote pay --split`; empty for the card on file.
    case pay(String)
    /// A quantity that is none; the text as typed.
    case badCount(String)

    init(_ line: String) {
        let trimmed = Self.trim(line)
        let word = trimmed.prefix { $0 != " " }
        let rest = Self.trim(String(trimmed.dropFirst(word.count)))
        if let entry = Self.bare(trimmed) ?? Self.withWords(String(word), rest) {
            self = entry
        } else if trimmed.hasPrefix("=") {
            self = Self.count(Self.trim(String(trimmed.dropFirst())))
        } else {
            self = Self.read(trimmed)
        }
    }

    /// Whatever is sold has a digit in its code.
    private static func read(_ text: String) -> ShopEntry {
        if text.isEmpty { return .nothing }
        return text.utf8.contains { (0x30...0x39).contains($0) } ? .code(text) : .words(text)
    }

    private static func bare(_ text: String) -> ShopEntry? {
        switch text {
        case "+": .more
        case "-": .less
        case "cart": .cart
        case "offers": .offers
        case "sync": .sync
        case "pass", "exit": .pass
        case "receipt": .receipt
        case "login": .login
        case "back": .back
        case "help", "?": .help
        case "quit", "q": .quit
        default: nil
        }
    }

    private static func withWords(_ word: String, _ rest: String) -> ShopEntry? {
        switch (word, rest.isEmpty) {
        case ("photo", false): .photo(rest)
        case ("rm", false), ("remove", false): .remove(rest)
        case ("find", false): .find(rest)
        case ("clip", false): .clip(rest)
        case ("pay", _): .pay(rest)
        default: nil
        }
    }

    private static func count(_ text: String) -> ShopEntry {
        guard case .pieces(let count)? = try? Quantity.pieces(text: text) else {
            return .badCount(text)
        }
        return .count(count)
    }

    private static func trim(_ text: String) -> String {
        var body = Substring(text)
        while body.first == " " || body.first == "\t" { body.removeFirst() }
        while body.last == " " || body.last == "\t" { body.removeLast() }
        return String(body)
    }

    static let overview = """
        Scan or type a code to add it. Also:
          photo FILE   read the code in a picture     find WORDS  search the articles
          +  -  =N     more, less, N of the last      rm N        take line N out
          cart         show the cart                  offers      what applies, and why
          clip CODE    use a coupon                   login       sign in as a member
          sync         exchange with the store now    receipt     show the last receipt
          pay [PLAN]   pay; PLAN is cents, as in giftCard:1000,cardOnFile:rest
          back         open the cart again after a payment that did not go through
          pass         show the exit pass             quit        leave; the cart stays
        """
}
