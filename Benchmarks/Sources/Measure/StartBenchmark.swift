#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Goal: `tote --version` starts in at most twice the time of an empty Foundation program.
enum StartBenchmark {
    static func run(folder: String, rounds: Int) -> String {
        var duel = Duel(name: "tote --version", baseline: "empty Foundation program")
        let tote = { Self.start("\(folder)/tote", ["--version"]) }
        let empty = { Self.start("\(folder)/EmptyFoundation", []) }
        for _ in 0..<3 {
            tote()
            empty()
        }
        duel.run(rounds: rounds, ours: tote, theirs: empty)
        return duel.text
    }

    /// Runs a program to its end, output discarded.
    private static func start(_ path: String, _ arguments: [String]) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        guard posix_spawn(&process, path, &actions, nil, words, environ) == 0 else {
            preconditionFailure("cannot start \(path): build it first (Benchmarks/run)")
        }
        var status: Int32 = 0
        waitpid(process, &status, 0)
        precondition(status == 0, "\(path) failed")
    }
}
