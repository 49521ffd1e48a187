// swift-tools-version: 6.2
import PackageDescription

/// As in the package that is fuzzed.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
]

/// Built and run by `scripts/fuzz`, which knows where the compiler keeps libFuzzer.
let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "flyball", path: "..")],
    targets: [
        .target(name: "CFuzzer"),
        .executableTarget(
            name: "fuzz",
            dependencies: ["CFuzzer", .product(name: "FuzzTargets", package: "flyball")],
            swiftSettings: strict),
    ]
)
