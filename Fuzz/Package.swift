// swift-tools-version: 6.2
import PackageDescription

// The rooms that hostile input reaches, built once more with coverage and address checks. A package of its own, so that
// no other build ever sees the flags; its folders are links to the rooms in Sources. Built by scripts/fuzz, which
// names libFuzzer's runtime.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .unsafeFlags(["-sanitize=fuzzer,address"]),
]

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Rooms/\(name)", swiftSettings: settings)
}

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "fuzzer", targets: ["Fuzzer"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    ],
    targets: [
        .systemLibrary(name: "CFuzzer", path: "CFuzzer"),
        .systemLibrary(name: "CMosquitto", path: "Rooms/CMosquitto", pkgConfig: "libmosquitto"),
        .systemLibrary(name: "CZstd", path: "Rooms/CZstd", pkgConfig: "libzstd"),
        .systemLibrary(name: "CZlib", path: "Rooms/CZlib", pkgConfig: "zlib"),
        .systemLibrary(name: "COpenSSL", path: "Rooms/COpenSSL", pkgConfig: "libcrypto"),
        .systemLibrary(name: "CArgon2", path: "Rooms/CArgon2", pkgConfig: "libargon2"),
        .target(
            name: "CSimdjson",
            path: "Rooms/CSimdjson",
            cxxSettings: [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])],
            linkerSettings: [.linkedLibrary("simdjson")]
        ),
        room("Telemetry", ["CSimdjson", "CZstd", "CZlib", "COpenSSL"]),
        room("Devices", ["Telemetry", "COpenSSL", .product(name: "Yams", package: "Yams")]),
        room("Workload", ["Telemetry", "CSimdjson"]),
        room("Accounts", ["Telemetry", "CArgon2"]),
        room("MQTT", ["CMosquitto", "COpenSSL"]),
        room(
            "Store",
            ["Telemetry", "Workload", "Accounts", "CZstd", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift")]
        ),
        room("Ingest", ["MQTT", "Store", "Devices", "Workload", "Telemetry", .product(name: "Logging", package: "swift-log")]),
        .executableTarget(
            name: "Fuzzer",
            dependencies: ["CFuzzer", "Devices", "Ingest", "MQTT", "Store", "Workload", "Telemetry", "CZlib", "CZstd"],
            path: "Fuzzer",
            swiftSettings: settings,
            linkerSettings: [.unsafeFlags(["-sanitize=address", "-use-ld=lld"]), .linkedLibrary("stdc++")]
        ),
    ],
    cxxLanguageStandard: .cxx17
)
