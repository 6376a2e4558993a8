import Foundation

/// The house's style as rules (HOUSE.md), and what has no type here (GATE-2).
enum HouseRules {
    static let all: [TidyRule] = [
        world, printing, leftovers, traps, casts, imports, fileLength, lineLength, unchecked,
        names, inference, machinePaths, strictTables, networking,
    ]

    /// Time, identifiers and chance come from `World` alone. A benchmark is a stopwatch.
    static let world = TidyRule.code(
        "world",
        where: {
            !$0.isTest && $0.path != "Sources/ToteValues/World.swift"
                && !$0.path.hasPrefix("Benchmarks/")
        }
    ) { line in
        let calls = [
            "Date()", "Date.now", "UUID()", "clock_gettime(", "gettimeofday(",
            "SystemRandomNumberGenerator(", "ContinuousClock()", "SuspendingClock()", "arc4random(",
        ]
        if calls.contains(where: line.hasCall) { return true }
        let draws = [".random(", ".randomElement(", ".shuffled(", ".shuffle("]
        return draws.contains(where: line.contains) && !line.contains("using:")
    }

    static let printing = TidyRule.code("print", where: { $0.path.hasPrefix("Sources/") }) {
        $0.hasCall("print(") || $0.hasCall("debugPrint(") || $0.hasCall("NSLog(")
    }

    static let leftovers = TidyRule("leftovers") { file in
        guard !file.isTidy else { return [] }
        return file.lines.enumerated().filter { _, line in
            guard let comment = line.range(of: "//") else { return false }
            let text = String(line[comment.upperBound...])
            return ["TODO", "FIXME", "XXX", "HACK"].contains(where: text.hasWord)
        }.map { "\(file.path):\($0.offset + 1)" }
    }

    static let traps = TidyRule.code("traps") { line in
        let calls = ["fatalError(", "preconditionFailure(", "assertionFailure(", "try!", "as!"]
        return calls.contains(where: line.hasCall)
    }

    /// `value!`; not `!value`, `!=` or a failable `init!`.
    static let casts = TidyRule.code("force unwrap") { line in
        guard line.utf8.contains(0x21) else { return false }
        let characters = Array(line)
        return characters.indices.dropFirst().contains { index in
            guard characters[index] == "!" else { return false }
            let before = characters[index - 1]
            let after = index + 1 < characters.count ? characters[index + 1] : " "
            let isPostfix =
                before.isLetter || before.isNumber || before == ")" || before == "]"
                || before == "_"
            let word = String(characters[..<index].reversed().prefix { $0.isLetter }.reversed())
            return isPostfix && after != "=" && word != "try" && word != "as"
        }
    }

    /// A module imports only what stands before it in `Package.swift`.
    static let imports = imports(order: TripOrder.targets(SourceTree.package))

    static func imports(order: [String]) -> TidyRule {
        TidyRule.perLine("imports") { file, line in
            guard let own = order.firstIndex(of: file.target), let name = importedModule(line),
                let other = order.firstIndex(of: name)
            else { return false }
            return other >= own
        }
    }

    static func importedModule(_ line: String) -> String? {
        let words = line.split(separator: " ").map(String.init)
        guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
            words[..<index].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains($0) })
        else { return nil }
        return words[index + 1]
    }

    private static let accessLevels: Set<String> = [
        "public", "package", "internal", "private", "fileprivate",
    ]

    static let fileLength = TidyRule("file length") { file in
        let count = file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
        return count > 400 ? ["\(file.path): \(count) lines"] : []
    }

    /// A test's line may be longer where one literal makes it so.
    static let lineLength = TidyRule("line length") { file in
        file.lines.enumerated().filter { _, line in
            line.utf8.count > 100 && line.count > 100 && !(file.isTest && line.contains("\""))
        }.map { "\(file.path):\($0.offset + 1)" }
    }

    /// Only where a C library comes in.
    static let unchecked = TidyRule("unchecked") { file in
        let isDoor = file.code.contains { line in
            guard let name = importedModule(line), name.hasPrefix("C") else { return false }
            return name.dropFirst().first?.isUppercase ?? false
        }
        guard !isDoor, !file.isTest else { return [] }
        return file.code.enumerated().filter { $0.element.contains("@unchecked Sendable") }
            .map { "\(file.path):\($0.offset + 1)" }
    }

    static let names = TidyRule.perLine("names") { _, line in
        guard let name = Declaration.type(line) else { return false }
        return ["Manager", "Helper", "Helpers", "Utils", "Util", "Info"].contains {
            name.hasSuffix($0)
        }
    }

    /// What is inferred from a person's body or feelings has no name (DESIGN, decision 13). The
    /// counter of what the signal gate dropped lists such names to say that they were dropped.
    static let inference = TidyRule.perLine("inference") { file, line in
        guard !file.isTidy, !file.path.contains("DroppedSignalClass") else { return false }
        return Declaration.names(line).contains(where: Inference.isForbidden)
    }

    static let machinePaths = TidyRule("machine paths") { file in
        guard !file.isTidy else { return [] }
        let roots = ["work", "home", "Users", "root", "tmp/wt"].map { "/\($0)/" }
        return file.lines.enumerated().filter { _, line in roots.contains { line.contains($0) } }
            .map { "\(file.path):\($0.offset + 1)" }
    }

    static let strictTables = TidyRule("strict tables") { file in
        guard !file.isTest else { return [] }
        let sql = file.text.split(separator: "\n").map { line in
            line.range(of: "--").map { line[..<$0.lowerBound] } ?? line
        }.joined(separator: "\n")
        return sql.components(separatedBy: "CREATE TABLE").dropFirst().compactMap { part in
            let statement = part.prefix { $0 != ";" }
            let ending = statement.split(separator: ")", omittingEmptySubsequences: false).last
            let head = statement.prefix(60).split(separator: "\n").first ?? ""
            return ending?.contains("STRICT") == true ? nil : "\(file.path): \(head)"
        }
    }

    /// Start-up and static linking both forbid it.
    static let networking = TidyRule.perLine("networking") { _, line in
        importedModule(line) == "FoundationNetworking"
    }
}

extension TidyRule {
    /// A rule over lines of code that also wants to know the file.
    static func perLine(
        _ name: String, _ isWrong: @escaping @Sendable (SourceFile, String) -> Bool
    ) -> TidyRule {
        TidyRule(name) { file in
            file.code.enumerated().filter { isWrong(file, $0.element) }.map { number, line in
                "\(file.path):\(number + 1): \(line.prefix(100))"
            }
        }
    }
}
