// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that benchmarks never enter the graph of those who embed Tote.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "tote", path: ".."),
        .package(url: "https://github.com/groue/GRDB.swift", .upToNextMinor(from: "7.10.0")),
    ],
    targets: [
        // What every program that imports Foundation pays before its first line.
        .executableTarget(name: "EmptyFoundation", swiftSettings: strict),
        // Counts calls of malloc, for the program that links it.
        .target(name: "AllocationCount"),
        .executableTarget(
            name: "Barcodes",
            dependencies: ["AllocationCount", .product(name: "Tote", package: "tote")],
            swiftSettings: strict),
        .executableTarget(
            name: "Measure",
            dependencies: [
                .product(name: "Tote", package: "tote"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ], swiftSettings: strict),
    ]
)
