public import ToteValues

/// What makes two readings one article to a `ScanWatch`.
public enum ScanKey: Hashable, Sendable {
    /// As the caller names it: the GTIN-14, so that a pack marked twice is one article.
    case article(String)
    /// A code that the caller has no name for stands for itself.
    case code(Symbology, [UInt8])
}

/// What a host should do about a frame.
public enum ScanEvent: Hashable, Sendable {
    /// One pass over a code, which is one scan: once, however long it stays in view.
    case scanned(ScanKey, Symbol)
    /// So many of one code lie apart from each other in one frame, 2 or more: offer that quantity.
    /// Never add by yourself (VID-4). Comes after `scanned`, once for each higher count.
    case severalInView(ScanKey, Symbol, count: Int)
    /// One of several symbols that carry one message together, and the numbers of those still to
    /// be shown; `scanned` follows when all were.
    case partOf(Symbol, missing: [Int])
}
