// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target of the product is built with these: Swift 6 mode, memory safety checked,
/// warnings as errors.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
    name: "flyball",
    products: [
        // For the nested package of benchmarks.
        .library(name: "FixedPoint", targets: ["FixedPoint"]),
        .library(name: "GatedMemory", targets: ["GatedMemory"]),
        .library(name: "CellReference", targets: ["CellReference"]),
        // For the nested package of fuzzers.
        .library(name: "FuzzTargets", targets: ["FuzzTargets"]),
    ],
    dependencies: [
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", exact: "0.2.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0", traits: []),
    ],
    targets: [
        // MARK: Core: no Foundation, no allocation, no floating point.
        .target(name: "FixedPoint", swiftSettings: strict),
        .target(name: "GatedMemory", dependencies: ["FixedPoint"], swiftSettings: strict),
        .target(
            name: "Estimation", dependencies: ["FixedPoint", "GatedMemory"], swiftSettings: strict),
        .target(
            name: "Control", dependencies: ["Estimation", "FixedPoint", "GatedMemory"],
            swiftSettings: strict),

        // MARK: Host
        .systemLibrary(
            name: "CMessageDigest", pkgConfig: "libmd", providers: [.apt(["libmd-dev"])]),
        .target(
            name: "ModelFile",
            dependencies: ["CMessageDigest", "Control", "FixedPoint", "GatedMemory"],
            swiftSettings: strict),

        .target(name: "Pictures", swiftSettings: strict),
        .target(name: "Plants", swiftSettings: strict),
        .target(
            name: "Simulation", dependencies: ["Control", "FixedPoint", "Plants"],
            swiftSettings: strict),
        .target(name: "Tuning", dependencies: ["FixedPoint"], swiftSettings: strict),
        .target(
            name: "Episodes", dependencies: ["FixedPoint", "Plants", "Simulation", "Tuning"],
            swiftSettings: strict),
        .target(
            name: "Training",
            dependencies: [
                "Control", "Episodes", "FixedPoint", "GatedMemory", "ModelFile", "Plants", "Tuning",
            ],
            swiftSettings: strict),

        // MARK: Machine
        .target(name: "CTOML"),
        .target(name: "Configuration", dependencies: ["CTOML"], swiftSettings: strict),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // Generated code only. It uses unsafe constructs without the mark `unsafe`, which the
        // generator cannot write: so it is built without the memory-safety check, and alone.
        .target(
            name: "RecordSchema",
            dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
            exclude: ["flyball.proto"],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
        .target(
            name: "Telemetry",
            dependencies: [
                "Control", "FixedPoint", "RecordSchema", "CZlib",
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: strict),

        .target(name: "CRealtime"),
        .target(
            name: "Realtime",
            dependencies: [
                "CRealtime", .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            swiftSettings: strict),

        // libgpiod of either API; which one is told by its header.
        .target(name: "CGPIOD", linkerSettings: [.linkedLibrary("gpiod")]),
        .target(name: "CControlSocket"),
        .target(
            name: "ControlSocket", dependencies: ["CControlSocket", "Realtime"],
            swiftSettings: strict),

        .systemLibrary(
            name: "CModbus", pkgConfig: "libmodbus", providers: [.apt(["libmodbus-dev"])]),
        .target(
            name: "Devices",
            dependencies: ["CGPIOD", "CModbus", "Control", "CRealtime", "FixedPoint", "Realtime"],
            swiftSettings: strict),

        .target(
            name: "Service",
            dependencies: ["CRealtime", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),

        // MARK: Composition
        .target(
            name: "Assembly",
            dependencies: [
                "Configuration", "Control", "ControlSocket", "Devices", "FixedPoint",
                "ModelFile", "Plants", "Realtime",
                "Simulation", "Telemetry",
            ],
            swiftSettings: strict),
        .target(
            name: "Scoring",
            dependencies: [
                "Configuration", "Control", "Episodes", "FixedPoint", "ModelFile", "Pictures",
                "Plants", "Simulation", "Training", "Tuning",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "flyball",
            dependencies: [
                "Assembly", "Configuration", "Control", "ControlSocket", "Devices", "Episodes",
                "FixedPoint", "GatedMemory", "ModelFile", "Pictures", "Plants",
                "Realtime", "Scoring", "Simulation", "Telemetry", "Training", "Tuning",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "flyballd",
            dependencies: [
                "Assembly", "CRealtime", "Configuration", "Control", "ControlSocket", "Devices",
                "FixedPoint", "ModelFile", "Pictures", "Realtime", "Service", "Simulation",
                "Telemetry",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),

        // MARK: Tests
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
        // Stands in for libgpiod, of either API, in the program of the tests.
        .target(name: "CFakeGPIOD", path: "Tests/CFakeGPIOD"),
        .target(
            name: "TestSupport", dependencies: ["CAllocationCounter"],
            path: "Tests/TestSupport", swiftSettings: strict),
        .target(
            name: "CellReference", dependencies: ["FixedPoint", "GatedMemory"],
            path: "Tests/CellReference", swiftSettings: strict),
        .target(
            name: "EpisodeReference", dependencies: ["Episodes", "Plants"],
            path: "Tests/EpisodeReference", swiftSettings: strict),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Assembly", "Configuration", "Control", "FixedPoint", "ModelFile", "Telemetry",
            ],
            path: "Tests/FuzzTargets", swiftSettings: strict),
        .testTarget(
            name: "AssemblyTests",
            dependencies: [
                "Assembly", "Configuration", "Control", "ControlSocket", "FixedPoint", "ModelFile",
                "Realtime", "Simulation", "Telemetry",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CGPIODTests", dependencies: ["CFakeGPIOD", "CGPIOD"], swiftSettings: strict),
        .testTarget(
            name: "ConfigurationTests", dependencies: ["Configuration"], swiftSettings: strict),
        .testTarget(
            name: "ControlSocketTests", dependencies: ["ControlSocket", "FixedPoint"],
            swiftSettings: strict),
        .testTarget(
            name: "ControlTests",
            dependencies: [
                "Control", "Estimation", "FixedPoint", "GatedMemory", "ModelFile", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "DevicesTests",
            dependencies: [
                "CRealtime", "Control", "Devices", "FixedPoint", "Realtime", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "EpisodesTests",
            dependencies: ["EpisodeReference", "Episodes", "Plants", "Tuning"],
            swiftSettings: strict),
        .testTarget(
            name: "EstimationTests", dependencies: ["Estimation", "FixedPoint"],
            swiftSettings: strict),
        .testTarget(
            name: "FixedPointTests", dependencies: ["CellReference", "FixedPoint"],
            swiftSettings: strict),
        .testTarget(
            name: "FlyballToolTests",
            dependencies: [
                "Configuration", "Control", "ControlSocket", "Devices", "FixedPoint", "Telemetry",
                "flyball", "flyballd",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "GatedMemoryTests", dependencies: ["CellReference", "FixedPoint", "GatedMemory"],
            swiftSettings: strict),
        .testTarget(
            name: "ModelFileTests",
            dependencies: ["Control", "FixedPoint", "GatedMemory", "ModelFile"],
            swiftSettings: strict),
        .testTarget(name: "PicturesTests", dependencies: ["Pictures"], swiftSettings: strict),
        .testTarget(name: "PlantsTests", dependencies: ["Plants"], swiftSettings: strict),
        .testTarget(
            name: "RealtimeTests",
            dependencies: ["CRealtime", "FixedPoint", "Realtime", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ScoringTests",
            dependencies: [
                "Configuration", "Control", "Episodes", "FixedPoint", "ModelFile", "Pictures",
                "Plants", "Scoring", "Simulation", "Training", "Tuning",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ServiceTests",
            dependencies: ["Service", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["Control", "FixedPoint", "Plants", "Simulation", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "TelemetryTests",
            dependencies: ["Telemetry", "Control", "FixedPoint"],
            swiftSettings: strict),
        .testTarget(
            name: "TrainingTests",
            dependencies: [
                "Control", "EpisodeReference", "Episodes", "FixedPoint", "ModelFile", "Training",
                "Tuning",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "TuningTests", dependencies: ["FixedPoint", "Tuning"], swiftSettings: strict),
    ]
)

// With FLYBALL_ONLY_TESTS="RealtimeTests TelemetryTests" the package is those tests and what they need: for
// builds of their own kind, of which most of the product would be built for nothing.
if let tests = Context.environment["FLYBALL_ONLY_TESTS"] {
    var names = tests.split(separator: " ").map(String.init)
    var kept: Set<String> = []
    while let name = names.popLast() {
        guard kept.insert(name).inserted else { continue }
        for target in package.targets where target.name == name {
            for case .byNameItem(let dependency, _) in target.dependencies {
                names.append(dependency)
            }
        }
    }
    package.targets.removeAll { !kept.contains($0.name) }
    package.products.removeAll()
}
