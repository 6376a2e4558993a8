#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a long run stands, on one line of a terminal; nothing on anything else.
struct ProgressLine {
    private let total: Int
    private let isShown = isatty(STDERR_FILENO) == 1
    private var done = 0

    init(total: Int) { self.total = total }

    mutating func advance(to name: String) {
        done += 1
        show("\r\u{1B}[K\(done) of \(total)  \(name.suffix(60))")
    }

    func finish() { show("\r\u{1B}[K") }

    private func show(_ text: String) {
        guard isShown else { return }
        let bytes = Array(text.utf8)
        write(STDERR_FILENO, bytes, bytes.count)
    }
}
