import Testing
import ToteDecoding

@Suite("Full ASCII of Code 39")
struct FullASCIITests {
    @Test(
        "pairs of Code 39 stand for all of ASCII (ISO/IEC 16388, annex A)",
        arguments: [
            ("$A$Z", "\u{01}\u{1A}"), ("%A%E", "\u{1B}\u{1F}"), ("%F%J", ";?"), ("%K%O", "[_"),
            ("%P%T", "{\u{7F}"), ("%U%V%W", "\u{00}@`"), ("%Z", "\u{7F}"), ("/A/L", "!,"),
            ("/O/Z", "/:"), ("+A+Z", "az"), ("A-1. ", "A-1. "), ("", ""),
        ])
    func fullASCII(pairs: String, text: String) {
        #expect(FullASCII.translated(Array(pairs.utf8)) == Array(text.utf8))
    }

    @Test("a shift without a letter is no full ASCII", arguments: ["+", "A$", "%1", "++", "/a"])
    func brokenPairs(text: String) {
        #expect(FullASCII.translated(Array(text.utf8)) == nil)
    }
}
