#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Goal: `tote --version` starts in at most twice the time of an empty Foundation program.
enum StartBenchmark {
    static func run(folder: String, rounds: Int) throws -> String {
        var duel = Duel(name: "tote --version", baseline: "empty Foundation program")
        let tote = { try Self.start("\(folder)/tote", ["--version"]) }
        let empty = { try Self.start("\(folder)/EmptyFoundation", []) }
        for _ in 0..<3 {
            try tote()
            try empty()
        }
        try duel.run(rounds: rounds, ours: tote, theirs: empty)
        return duel.text
    }

    /// Runs a program to its end, output discarded.
    private static func start(_ path: String, _ arguments: [String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        guard posix_spawn(&process, path, &actions, nil, words, environ) == 0 else {
            throw NotStarted(path: path)
        }
        var status: Int32 = 0
        waitpid(process, &status, 0)
        guard status == 0 else { throw NotStarted(path: path) }
    }

    /// Build both first: `Benchmarks/run`.
    private struct NotStarted: Error {
        let path: String
    }
}
