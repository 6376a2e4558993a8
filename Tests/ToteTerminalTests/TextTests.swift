import Testing
import ToteTerminal

@Suite("Text of others")
struct TextTests {
    @Test(
        "what would steer the terminal is shown instead",
        arguments: [
            ("a\u{1B}[2Jb", "a\\u{1B}[2Jb"), ("a\nb", "a\\u{A}b"), ("\u{7F}", "\\u{7F}"),
            ("\u{9B}31m", "\\u{9B}31m"), ("abc\u{202E}cba", "abc\\u{202E}cba"),
            ("a\u{200B}b", "a\\u{200B}b"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
            ("\u{FEFF}x", "\\u{FEFF}x"), ("a\u{2028}b", "a\\u{2028}b"), ("\u{0}", "\\u{0}"),
            ("\u{E0041}", "\\u{E0041}"), ("\u{3164}", "\\u{3164}"), ("\u{AD}", "\\u{AD}"),
            ("\u{200D}", "\\u{200D}"), ("\r", "\\u{D}"), ("\t", "\\u{9}"),
            ("\u{E000}", "\\u{E000}"), ("\u{2003}", "\\u{2003}"),
        ])
    func escaped(text: String, shown: String) {
        #expect(VisibleText.escaped(text) == shown)
    }

    @Test("ordinary names of many scripts stay as they are")
    func ordinary() {
        for name in ["Müsli", "Crème brûlée", "寿司", "Пельмени", "חלב", "حليب", "ขนม", "❤️ Tea"] {
            #expect(VisibleText.escaped(name) == name, "\(name)")
        }
    }

    @Test("no scalar of any kind leaves a control character behind")
    func allScalars() {
        for value in UInt32(0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let shown = VisibleText.escaped(String(scalar))
            let isSafe = shown.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control
                    && $0.properties.generalCategory != .format
            }
            #expect(isSafe, "\(value)")
        }
    }

    @Test("more than four marks on a letter are shown as escapes")
    func marks() {
        let text = "e" + String(repeating: "\u{301}", count: 10_000)
        let shown = VisibleText.escaped(text)
        #expect(shown.hasPrefix("e\u{301}\u{301}\u{301}\u{301}\\u{301}"))
        #expect(VisibleText.width(VisibleText.fitted(text, columns: 20)) == 20)
    }

    @Test(
        "widths in columns",
        arguments: [
            ("abc", 3), ("寿司", 4), ("e\u{301}", 1), ("한글", 4), ("ｱ", 1), ("Ａ", 2), ("é", 1),
            ("", 0), ("🍎", 2), ("─█▀", 3), ("ขิง", 2),
        ])
    func widths(text: String, columns: Int) {
        #expect(VisibleText.width(text) == columns)
    }

    @Test("a text is cut or filled to the column")
    func fitted() {
        #expect(VisibleText.fitted("abc", columns: 5) == "abc  ")
        #expect(VisibleText.fitted("abc", columns: 5, alignment: .right) == "  abc")
        #expect(VisibleText.fitted("abcdef", columns: 4) == "abc…")
        #expect(VisibleText.fitted("寿司寿司", columns: 4) == "寿… ")
        #expect(VisibleText.fitted("abc", columns: 0) == "")
        #expect(VisibleText.fitted("abc", columns: 1) == "…")
        for columns in 0..<30 {
            let text = VisibleText.fitted("Bio-寿司\u{202E} Crème e\u{301}", columns: columns)
            #expect(VisibleText.width(text) == columns)
        }
    }

    @Test("a table keeps 80 columns, aligns amounts, and survives hostile names")
    func table() {
        var table = Table(columns: [
            .init("#", alignment: .right), .init("Article", isFlexible: true),
            .init("EUR", alignment: .right),
        ])
        table.add(["1", "Coffee beans", "12.90"])
        table.add(["2", String(repeating: "寿", count: 60), "1.05"])
        table.add(["10", "Evil\u{1B}[31m\nname", "-0.50"])
        table.addRule()
        table.add(["", "Total"])
        let lines = table.lines(columns: 80)
        #expect(lines.count == 6)
        #expect(lines.allSatisfy { VisibleText.width($0) <= 80 && !$0.contains("\u{1B}") })
        #expect(lines[1].hasSuffix("12.90"))
        #expect(lines[2].hasSuffix(" 1.05"))
        #expect(VisibleText.width(lines[1]) == VisibleText.width(lines[2]))
        #expect(lines[2].contains("…"))
        #expect(VisibleText.width(lines[4]) == 80)
        #expect(!lines[5].hasSuffix(" "))
    }

    @Test("style is off with NO_COLOR, on a dumb terminal, and where no terminal is")
    func style() {
        let terminal = ["TERM": "xterm"]
        #expect(
            TerminalStyle(environment: terminal, isTerminal: true).bold("x")
                == "\u{1B}[1mx\u{1B}[0m")
        for (environment, isTerminal) in [
            (terminal, false), (["TERM": "xterm", "NO_COLOR": "1"], true), (["TERM": "dumb"], true),
            ([:], true),
        ] {
            let style = TerminalStyle(environment: environment, isTerminal: isTerminal)
            #expect(style.red("x") == "x")
        }
        #expect(
            TerminalStyle(environment: ["TERM": "x", "NO_COLOR": ""], isTerminal: true).isStyled)
    }

    @Test("the background is read from COLORFGBG")
    func background() {
        #expect(TerminalDevice.background(environment: ["COLORFGBG": "0;15"]) == .light)
        #expect(TerminalDevice.background(environment: ["COLORFGBG": "15;0"]) == .dark)
        #expect(TerminalDevice.background(environment: ["COLORFGBG": "x"]) == .dark)
        #expect(TerminalDevice.background(environment: [:]) == .dark)
    }

    @Test("a bar changes a hundred times at most and never on a pipe")
    func progress() {
        var progress = Progress(title: "Photos", total: 1_000_000, isTerminal: true, columns: 80)
        var texts: [String] = []
        for done in stride(from: 0, through: 1_000_000, by: 500) {
            if let text = progress.advance(to: done) { texts.append(text) }
        }
        #expect(texts.count == 101)
        #expect(texts.allSatisfy { VisibleText.width(String($0.dropFirst())) <= 80 })
        #expect(texts.last?.contains("100 %") == true)
        #expect(progress.finished() == "\r\u{1B}[K")
        var piped = Progress(title: "x", total: 10, isTerminal: false, columns: 80)
        #expect(piped.advance(to: 5) == nil)
        #expect(piped.finished() == "")
        var endless = Progress(title: "x", total: nil, isTerminal: true, columns: 80)
        #expect(endless.advance(to: 7) == "\rx 7")
        #expect(endless.hide() == "\r\u{1B}[K")
        #expect(endless.hide() == "")
        #expect(endless.advance(to: 7) == "\rx 7")
        var empty = Progress(title: "x", total: 0, isTerminal: true, columns: 5)
        #expect(empty.advance(to: 0) != nil)
    }
}
