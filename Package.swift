// swift-tools-version: 6.2
import PackageDescription

/// Every dependency with what it saves and what it costs.
let packages: [Package.Dependency] = [
    // SQLite with prepared statements, migrations, online backup and readers beside a writer; 40 s of build.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // HTTP/1.1 server on SwiftNIO with routing and graceful shutdown; the longest build (4–6 min on 2 cores), once.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    // Commands, help texts and exit codes; 20 s of build.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // YAML with line numbers for error messages (libyaml inside); 15 s of build.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // HTML templates that escape by default; 5 s of build.
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    // The log interface that Hummingbird uses as well; already in the build through it.
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
]

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// A room of the product: one folder in Sources, importing only what is named here.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
    name: "vaktlast",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "vaktlast", targets: ["vaktlast"]),
        // Preloaded by system tests into the program under test, never part of it.
        .library(name: "FaultShim", type: .dynamic, targets: ["FaultShim"]),
    ],
    dependencies: packages,
    targets: [
        // System libraries from Debian.
        .systemLibrary(name: "CMosquitto", pkgConfig: "libmosquitto", providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        // Mail and HTTPS to other servers with TLS, STARTTLS and logins; a second of build, 5 MB of Debian packages.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        // The kernel's clock state (sys/timex.h), which Swift's Glibc leaves out.
        .systemLibrary(name: "CClock"),
        // What glibc has for starting programs (spawn.h) and shows to GNU sources alone.
        .systemLibrary(name: "CSpawn"),
        // A setting of libsqlite3 that takes variable arguments, which Swift cannot give.
        .systemLibrary(name: "CSQLite"),
        // A C face on simdjson, the fastest JSON reader Debian has; Swift cannot call its templates.
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),

        room("Files", [yams]),
        room("Languages", ["Files"]),
        room("Telemetry", ["CSimdjson", "CZstd", "CZlib", "COpenSSL"]),
        room("Devices", ["Telemetry", "COpenSSL", yams]),
        room("Workload", ["Telemetry", "CSimdjson"]),
        room("Staffing", ["Workload", "Telemetry", "Files", yams]),
        room("Strategy", ["Workload", "Staffing", "Telemetry", "Files", yams]),
        room("Accounts", ["Telemetry", "CArgon2"]),
        room("Identity", ["Accounts", "Telemetry", "COpenSSL"]),
        room("Outbound", ["Telemetry", "CCurl"]),
        room("MQTT", ["CMosquitto", "COpenSSL"]),
        // GRDB's own face of libsqlite3: the gate's insert binds without a copy.
        room("Store", ["Telemetry", "Workload", "Accounts", "CZstd", grdb, .product(name: "GRDBSQLite", package: "GRDB.swift")]),
        room("Ingest", ["MQTT", "Store", "Devices", "Workload", "Telemetry", logging]),
        room("Settings", ["Accounts", "Identity", "Outbound", "Files", "Languages", "Telemetry", "Devices", "Workload", "MQTT", "Ingest", yams]),
        room("Reports", ["Workload", "Staffing", "Strategy", "Telemetry", "CXLSXWriter", .product(name: "Mustache", package: "swift-mustache")]),
        room("Schedules", ["Reports", "Outbound", "Workload", "Telemetry", "Files", yams]),
        room("Simulator", ["Telemetry", "MQTT", yams]),
        room("Doctor", ["Telemetry"]),
        room(
            "Web",
            [
                "Accounts", "Identity", "Store", "Reports", "Staffing", "Strategy", "Files", "Languages", "Workload", "Telemetry", logging,
                .product(name: "Hummingbird", package: "hummingbird"),
            ]
        ),
        .executableTarget(
            name: "vaktlast",
            dependencies: [
                "Telemetry", "Workload", "Staffing", "Strategy", "MQTT", "Store", "Ingest", "Reports", "Simulator", "Web", "Settings",
                "Doctor", "Devices", "Files", "Languages", "Accounts", "Identity", "Outbound", "Schedules", "CClock", "CSpawn", "CSQLite",
                yams, logging, .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),

        tests("FilesTests", ["Files"]),
        tests("LanguagesTests", ["Languages", "Files"]),
        tests("TelemetryTests", ["Telemetry", "CZlib", "CZstd", "SchemaValidator", yams]),
        tests("DevicesTests", ["Devices", "Telemetry"]),
        tests("WorkloadTests", ["Workload", "Telemetry"]),
        tests("IngestTests", ["Ingest", "Devices", "Store", "MQTT", "Workload", "Telemetry", logging]),
        tests("SettingsTests", ["Settings", "Accounts", "Identity", "Outbound", "Languages", "Ingest", "Devices", "MQTT", "Workload", "Telemetry"]),
        tests("StoreTests", ["Store", "Workload", "Telemetry"]),
        tests("AccountsTests", ["Accounts", "Store", "Telemetry"]),
        tests("StaffingTests", ["Staffing", "Files", "Workload", "Telemetry"]),
        tests("StrategyTests", ["Strategy", "Files", "Workload", "Telemetry"]),
        tests("ReportsTests", ["Reports", "Languages", "LanguageCheck", "Staffing", "Strategy", "Workload", "Telemetry"]),
        // The site on a port of its own, asked over the wire.
        tests(
            "WebTests",
            [
                "Web", "Accounts", "Identity", "Outbound", "Languages", "LanguageCheck", "TestProvider", "Reports", "Staffing", "Strategy", "Ingest", "Store",
                "Workload", "Telemetry", logging,
            ]
        ),
        tests("IdentityTests", ["Identity", "Accounts", "Telemetry", "TestProvider"]),
        tests("OutboundTests", ["Outbound", "Telemetry"]),
        tests("SchedulesTests", ["Schedules", "Reports", "Outbound", "Store", "Files", "Workload", "Telemetry"]),
        tests("SimulatorTests", ["Simulator"]),
        tests("DoctorTests", ["Doctor"]),
        // The product's figures against the auditor's, which shares no code with it.
        tests("RecomputationTests", ["Web", "Ingest", "Devices", "Store", "Workload", "Telemetry", "Simulator"]),
        // The built program with a real broker: kill -9, restarts, TLS, disks that fail.
        tests("SystemTests", ["MQTT", "Simulator", "Telemetry", "FaultShim", "SchemaValidator"]),
        .target(name: "FaultShim", path: "Tests/FaultShim"),
        // What is left in bokmål of a page in another language.
        .target(name: "LanguageCheck", dependencies: ["Languages"], path: "Tests/LanguageCheck", swiftSettings: settings),
        // JSON Schema by a validator that shares nothing with us.
        .target(name: "SchemaValidator", path: "Tests/SchemaValidator", swiftSettings: settings),
        // A provider of logins that shares nothing with us.
        .target(name: "TestProvider", dependencies: ["COpenSSL"], path: "Tests/TestProvider", swiftSettings: settings),
        // What a machine can check of STYLE.
        tests("TidyTests", []),
    ],
    cxxLanguageStandard: .cxx17
)
