// swift-tools-version: 6.2
import PackageDescription

// Targets stand in the order of the trip: a module imports only what stands before it.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

func module(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path ?? "Sources/\(name)",
        swiftSettings: strict)
}

func command(_ name: String, _ dependencies: [Target.Dependency], path: String) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: path, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

func cLibrary(_ name: String, pkgConfig: String? = nil, debian: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/\(name)", pkgConfig: pkgConfig, providers: [.apt([debian])])
}

let package = Package(
    name: "tote",
    platforms: [.macOS(.v15)],
    products: [
        // The core, with the modules whose values its API speaks of.
        .library(
            name: "Tote",
            targets: [
                "Tote", "ToteValues", "ToteDecoding", "ToteBarcodes", "ToteCatalogue", "ToteCarts",
                "ToteOffers", "TotePrivacy", "TotePayments", "ToteExits", "ToteSync",
            ]),
        .library(name: "TotePictures", targets: ["TotePictures"]),
        .library(name: "ToteCamera", targets: ["ToteCamera"]),
        .library(name: "ToteHTTP", targets: ["ToteHTTP"]),
        .library(name: "ToteStore", targets: ["ToteStore"]),
        .executable(name: "tote", targets: ["ToteCommand"]),
        .executable(name: "tote-store", targets: ["ToteStoreCommand"]),
        // For Benchmarks/run alone, which calls the decoder from a process of other engines.
        .library(name: "VectorsDoor", type: .dynamic, targets: ["VectorsDoor"]),
    ],
    traits: [
        .trait(
            name: "DataMatrix",
            description: "Reads Data Matrix through libdmtx as the last step of the ladder.")
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", .upToNextMinor(from: "7.10.0")),
        .package(url: "https://github.com/apple/swift-crypto", .upToNextMinor(from: "4.5.2")),
        .package(
            url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
        .package(url: "https://github.com/apple/swift-log", .upToNextMinor(from: "1.16.2")),
        .package(
            url: "https://github.com/swift-server/async-http-client",
            .upToNextMinor(from: "1.37.0")),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird",
            .upToNextMinor(from: "2.28.1"), traits: []),
        .package(url: "https://github.com/apple/swift-http-types", .upToNextMinor(from: "1.8.0")),
        .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.2")),
        .package(url: "https://github.com/vapor/jwt-kit", .upToNextMinor(from: "5.7.1")),
    ],
    targets: [
        // The ground floor.
        module("ToteValues", []),
        module(
            "ToteStorage",
            [
                "ToteValues", grdb, .product(name: "GRDBSQLite", package: "GRDB.swift"), crypto,
            ]),

        // The trip.
        cLibrary("CTurboJPEG", pkgConfig: "libturbojpeg", debian: "libturbojpeg0-dev"),
        cLibrary("CSpng", pkgConfig: "spng", debian: "libspng-dev"),
        cLibrary("CWebP", pkgConfig: "libwebp", debian: "libwebp-dev"),
        module("TotePictures", ["ToteValues", "CTurboJPEG", "CSpng", "CWebP"]),
        cLibrary("CZBar", pkgConfig: "zbar", debian: "libzbar-dev"),
        module("ToteDecoding", ["ToteValues", "CZBar"]),
        cLibrary("CDmtx", pkgConfig: "libdmtx", debian: "libdmtx-dev"),
        module(
            "ToteDataMatrix",
            [
                "ToteValues", "ToteDecoding",
                .target(name: "CDmtx", condition: .when(traits: ["DataMatrix"])),
            ]),
        module("ToteBarcodes", ["ToteValues"]),
        module("ToteCatalogue", ["ToteValues", "ToteStorage", "ToteBarcodes", grdb, crypto]),
        module("ToteCarts", ["ToteValues", "ToteStorage", "ToteCatalogue", grdb, crypto]),
        module(
            "ToteOffers", ["ToteValues", "ToteBarcodes", "ToteCatalogue", "ToteCarts", crypto]),
        module("ToteMembers", ["ToteValues", "ToteStorage", crypto]),
        module("TotePrivacy", ["ToteValues", "ToteStorage", grdb]),
        module("TotePayments", ["ToteValues", "ToteCarts", "ToteOffers", crypto]),
        module(
            "ToteExits",
            ["ToteValues", "ToteBarcodes", "ToteCatalogue", "TotePayments", crypto]),
        module(
            "ToteMessages",
            [
                "ToteValues", "ToteCatalogue", "ToteCarts", "ToteOffers", "ToteMembers",
                "TotePayments", "ToteExits",
            ]),
        module(
            "ToteSync", ["ToteValues", "ToteCarts", "ToteMessages", "TotePrivacy", crypto]),
        cLibrary("CZlib", pkgConfig: "zlib", debian: "zlib1g-dev"),
        module("ToteDeflate", ["CZlib"]),
        module(
            "ToteHTTP",
            [
                "ToteValues", "TotePrivacy", "ToteSync", "ToteDeflate",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),

        // A kiosk's camera: outside the core, Linux only but for recorded streams.
        cLibrary("CV4L2", debian: "linux-libc-dev"),
        module(
            "ToteCamera",
            [
                "ToteValues", "TotePictures",
                .target(name: "CV4L2", condition: .when(platforms: [.linux])),
            ]),

        // What a phone or kiosk imports.
        module(
            "Tote",
            [
                "ToteValues", "ToteStorage", "ToteDecoding", "ToteBarcodes", "ToteCatalogue",
                "ToteCarts", "ToteOffers", "ToteMembers", "TotePrivacy", "TotePayments",
                "ToteExits", "ToteMessages", "ToteSync", grdb, crypto,
            ]),

        // The store's side.
        module(
            "ToteStore",
            [
                "ToteValues", "ToteStorage", "ToteBarcodes", "ToteCatalogue", "ToteCarts",
                "ToteOffers", "ToteMembers", "TotePayments", "ToteExits", "ToteMessages",
                "ToteSync", "ToteDeflate", grdb, crypto, logging,
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),

        // The terminal.
        cLibrary("CEditLine", pkgConfig: "libedit", debian: "libedit-dev"),
        cLibrary("CQREncode", pkgConfig: "libqrencode", debian: "libqrencode-dev"),
        module("ToteTerminal", ["ToteValues", "CEditLine", "CQREncode"], path: "CLI/Terminal"),
        command(
            "ToteCommand",
            [
                "Tote", "ToteHTTP", "TotePictures", "ToteTerminal", "ToteValues", "ToteBarcodes",
                "ToteCatalogue", "ToteCarts", "ToteOffers", "TotePayments", "ToteExits",
                "ToteMembers", "ToteDecoding", "ToteDataMatrix", "ToteCamera", "ToteSync",
                "TotePrivacy",
                argumentParser,
            ], path: "CLI/tote"),
        command(
            "ToteStoreCommand",
            [
                "ToteValues", "ToteStorage", "TotePictures", "ToteDecoding", "ToteBarcodes",
                "ToteCatalogue", "ToteMembers", "ToteExits", "ToteMessages", "ToteStore",
                "ToteTerminal", crypto, argumentParser,
            ], path: "CLI/tote-store"),

        // The proofs.
        module(
            "ToteVectorRules",
            ["ToteValues", "TotePictures", "ToteDecoding", "ToteDataMatrix", "ToteBarcodes"],
            path: "Tests/ToteVectorRules"),
        command(
            "ToteVectors", ["ToteValues", "TotePictures", "ToteDecoding", "ToteVectorRules"],
            path: "Tests/ToteVectors"),
        module(
            "VectorsDoor", ["ToteValues", "ToteDecoding", "ToteVectorRules"],
            path: "Tests/VectorsDoor"),
        .target(
            name: "CFaultVFS", path: "Tests/CFaultVFS",
            linkerSettings: [.linkedLibrary("sqlite3")]),
        command(
            "ToteTornWrites",
            [
                "ToteValues", "ToteStorage", "ToteCarts", "TotePrivacy", "ToteMessages",
                "ToteStore", "CFaultVFS", grdb,
            ], path: "Tests/ToteTornWrites"),
        command(
            "ToteSyncFigures",
            [
                "ToteValues", "ToteStorage", "ToteCarts", "ToteMessages", "ToteSync",
                "ToteDeflate", "ToteStore", grdb,
            ], path: "Tests/ToteSyncFigures"),
        command(
            "ToteLoad",
            [
                "ToteValues", "ToteCarts", "ToteMembers", "ToteMessages", "ToteSync",
                argumentParser,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ], path: "Tests/ToteLoad"),
        module(
            "ToteSimulation",
            ["ToteValues", "ToteCarts", "TotePayments", "ToteMessages", "ToteSync", crypto],
            path: "Tests/ToteSimulation"),
        command(
            "ToteSimulate", ["ToteValues", "ToteSimulation", argumentParser],
            path: "Tests/ToteSimulate"),
        tests("ToteSimulationTests", ["ToteValues", "ToteSimulation"]),
        tests("ToteVectorRulesTests", ["ToteValues", "ToteBarcodes", "ToteVectorRules"]),
        tests("ToteValuesTests", ["ToteValues"]),
        tests("ToteStorageTests", ["ToteValues", "ToteStorage", grdb, crypto]),
        tests(
            "ToteDecodingTests", ["ToteValues", "TotePictures", "ToteDecoding", "ToteVectors"]),
        tests("ToteDataMatrixTests", ["ToteValues", "ToteDecoding", "ToteDataMatrix"]),
        tests("ToteBarcodesTests", ["ToteValues", "ToteBarcodes"]),
        tests("ToteCameraTests", ["ToteValues", "TotePictures", "ToteCamera"]),
        tests(
            "ToteCatalogueTests",
            ["ToteValues", "ToteStorage", "ToteBarcodes", "ToteCatalogue", grdb, crypto]),
        tests(
            "ToteCartsTests",
            ["ToteValues", "ToteStorage", "ToteCatalogue", "ToteCarts", grdb, crypto]),
        tests("ToteOffersTests", ["ToteValues", "ToteCatalogue", "ToteCarts", "ToteOffers"]),
        tests(
            "ToteMembersTests",
            ["ToteValues", "ToteStorage", "ToteMembers", "TotePrivacy", grdb, crypto]),
        tests(
            "TotePaymentsTests",
            ["ToteValues", "ToteCarts", "ToteOffers", "TotePayments", crypto]),
        tests("ToteExitsTests", ["ToteValues", "TotePayments", "ToteExits", crypto]),
        tests("ToteDeflateTests", ["ToteValues", "ToteDeflate"]),
        tests(
            "ToteSyncTests",
            ["ToteValues", "ToteStorage", "ToteCarts", "ToteMessages", "TotePrivacy", "ToteSync"]),
        tests(
            "ToteStoreTests",
            [
                "ToteValues", "ToteStorage", "ToteBarcodes", "ToteCatalogue", "ToteCarts",
                "ToteOffers", "ToteMembers", "TotePrivacy", "TotePayments", "ToteExits",
                "ToteMessages", "ToteSync", "ToteDeflate", "ToteHTTP", "Tote", "ToteStore", grdb,
                crypto, logging,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]),
        tests(
            "ToteTests",
            [
                "ToteValues", "ToteBarcodes", "TotePictures", "ToteDecoding", "Tote",
            ]),
        tests("ToteTerminalTests", ["ToteValues", "ToteTerminal"]),
        tests(
            "TripTests",
            ["ToteValues", "TotePictures", "ToteBarcodes", "ToteSync", "ToteHTTP", "Tote", grdb]),
        tests("TidyTests", []),
    ]
)
