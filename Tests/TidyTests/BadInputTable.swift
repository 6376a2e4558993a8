/// Which test holds for which case of the shared list of bad inputs (BAD-1): pictures and codes.
struct BadInputCase: Sendable {
    let id: String
    /// The result class as the list names it.
    let listed: String
    /// What Tote answers: codes of refusals, or words where nothing is refused.
    let ours: String
    /// Names of tests, found by name in the sources.
    let tests: [String]
    /// Why no test of the whole case can stand here yet.
    var open: String?

    static let areas: Set<String> = ["image", "barcode"]
    /// Of other areas, but decided by how a picture is read.
    static let alsoListed: Set<String> = Set(durability.map(\.id)).union(["BAD-036", "BAD-115"])

    static let all = pictures + durability

    private static let pictures = [
        BadInputCase(
            id: "BAD-020", listed: "SngoError.imageTooLarge", ours: "imageTooLarge",
            tests: [
                "a 60-byte PNG that claims 100000 × 100000 px is refused by its header",
                "what cannot be loaded within the limit is refused by its header",
            ]),
        BadInputCase(
            id: "BAD-021", listed: "imageTooLarge", ours: "imageTooLarge, imageMalformed, noCode",
            tests: [
                "a PNG that packs 1 GiB more than it claims stops at its last pixel",
                "a PNG of 24 megapixels in 0.3 MB loads within 6 bytes a pixel",
                "a lossless WebP of 36 megapixels loads within 6 bytes a pixel",
                "a progressive JPEG of 30 megapixels loads within 6 bytes a pixel",
                "a JPEG of five hundred scans is refused before the first is decoded",
            ]),
        BadInputCase(
            id: "BAD-022", listed: "imageMalformed", ours: "imageMalformed",
            tests: [
                "slim, tiny and empty pictures hold no code",
                "a PGM with an impossible number is malformed",
                "a PNG of size 0 or over 2³¹ is malformed",
                "no picture that is cut off gives a part of itself",
                "no format cut at any fiftieth of its length gives a picture",
                "one flipped byte never traps",
            ]),
        BadInputCase(
            id: "BAD-023", listed: "imageUnsupported", ours: "imageUnsupported",
            tests: [
                "other files are not pictures, whatever their name",
                "every sample reads as its index says",
            ]),
        BadInputCase(
            id: "BAD-024", listed: "exit 66", ours: "exit 66: notARegularFile, unreadable",
            tests: [
                "only regular files are opened, and without waiting",
                "what is no readable picture has its exit code and its word",
                "a pipe in place of a picture does not block",
            ]),
        BadInputCase(
            id: "BAD-025", listed: "multipleSymbols", ours: "multipleSymbols, limitReached",
            tests: [
                "of more than 64 symbols 64 are returned, and it is said",
                "two codes apart both stand, most votes first",
                "every bad input has its exit code",
            ]),
        BadInputCase(
            id: "BAD-026", listed: "noBarcode", ours: "an empty result; noCode",
            tests: [
                "drawn frames of every kind without a code",
                "plain frames and strips",
                "all containers of one picture give nearly the same grey",
                "slim, tiny and empty pictures hold no code",
            ]),
        BadInputCase(
            id: "BAD-027", listed: "invalidCheckDigit|invalidCharacter",
            ours: "checkDigit, length, invalidCharacter",
            tests: [
                "a wrong check digit says what was expected and what was found",
                "every wrong digit of an EAN-13, EAN-8, UPC-A and ITF-14 is refused",
                "only ASCII digits are digits",
            ]),
        BadInputCase(
            id: "BAD-028", listed: "normalised", ours: "one GTIN-14",
            tests: ["every way to write one item gives one key", "a pack never equals the each"]),
        BadInputCase(
            id: "BAD-029", listed: "gs1Malformed", ours: "unknownAI, element, association",
            tests: [
                "what is wrong is named with its offset, and nothing is half applied",
                "2 MB, nested zeros and noise neither crash nor sell",
            ]),
        BadInputCase(
            id: "BAD-030", listed: "priceEmbeddedInvalid", ours: "template",
            tests: [
                "a wrong inner check digit puts the value in doubt: no sale, no repair",
                "a value of 0 or above the ceiling is refused",
                "a restricted number that no template reads is never a brand article",
            ]),
        BadInputCase(
            id: "BAD-031", listed: "unknownCode", ours: "text",
            tests: ["other links are texts: never opened, never run"],
            open: "parts of a structured append are not joined or named yet (PUR-5)"),
        BadInputCase(
            id: "BAD-032", listed: "digitalLinkMalformed", ours: "digitalLink",
            tests: [
                "links that break the grammar are refused",
                "a link of any host is a code to look up, not words",
            ]),
        BadInputCase(
            id: "BAD-033", listed: "wrongPurpose", ours: "wrongPurpose",
            tests: [
                "a code for another purpose says what it is and where it belongs",
                "every bad input has its exit code",
            ]),
        BadInputCase(
            id: "BAD-034", listed: "alreadyApplied",
            ours: "alreadyApplied; of a gift card in one payment sameTenderTwice",
            tests: [
                "a coupon presented fifty times is in the cart once, and is told each time",
                "a coupon that only the store can judge leaves the cart as it was, fifty times over",
                "one balance twice, two final tenders and kinds nobody may choose are refused",
            ]),
        BadInputCase(
            id: "BAD-035", listed: "needsReview", ours: "needsReview", tests: [],
            open: "shelf and cart weights are evidence of exits (EVID-1), which is not built"),
        BadInputCase(
            id: "BAD-036", listed: "amountOverflow|amountScale",
            ours: "overflow, amountOutOfRange, notAnAmount",
            tests: [
                "currencies never mix, and sums never wrap (MON-1, MON-2)",
                "amounts read exactly as written (MON-7)",
                "an amount that does not fit overflows",
            ]),
        BadInputCase(
            id: "BAD-115", listed: "ok|retry", ours: "the pass, or nothing; two are refused",
            tests: [
                "a tenth of the contrast, dark or bright, still reads",
                "turned by quarters it reads, mirrored it never reads wrong",
                "behind a crack that hides a fifth it reads right or not at all",
                "two passes in one frame are two symbols, for the gate to ask for one",
                "two codes in view are one too many",
            ]),
        BadInputCase(
            id: "BAD-136", listed: "invalidCharacter", ours: "invalidCharacter",
            tests: ["only ASCII digits are digits"]),
    ]
}
