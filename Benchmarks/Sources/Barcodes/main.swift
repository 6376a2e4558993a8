// Barcodes: how long interpretation takes, in units U of one FNV-1a pass over 1 KiB (PERF-1), and
// how often it takes memory (PERF-2). Thread time, median of 5 rounds of 100,000, everything in
// turn within one run: only the ratios are claims.
import ToteBarcodes
import ToteValues

let rounds = 5
let calls = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 100_000 : 100_000

var cases = [BarcodeCase.unit] + BarcodeCase.goals + [BarcodeCase.templates]
for _ in 0..<rounds {
    for index in cases.indices { cases[index].run(calls: calls) }
}
print(BarcodeTable(cases).text)
