// Measure FOLDER start|scan|all [ROUNDS]: prints medians and ratios.
let arguments = CommandLine.arguments
let folder = arguments.count > 1 ? arguments[1] : "."
let part = arguments.count > 2 ? arguments[2] : "all"
let rounds = arguments.count > 3 ? Int(arguments[3]) : nil

if part != "scan" { print(try StartBenchmark.run(folder: folder, rounds: rounds ?? 40)) }
if part != "start" { print(try ScanBenchmark.run(rounds: rounds ?? 500)) }
