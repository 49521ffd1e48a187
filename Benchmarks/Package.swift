// swift-tools-version: 6.2
import PackageDescription

/// As in the package that is measured.
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
    name: "benchmarks",
    dependencies: [.package(name: "flyball", path: "..")],
    targets: [
        // The rival: everything a compiler may do to plain C.
        .target(
            name: "CFloatLSTM",
            cSettings: [.unsafeFlags(["-O3", "-march=native", "-ffast-math"])]),
        .target(name: "CMeter"),
        .executableTarget(
            name: "arithmetic",
            dependencies: [
                "CFloatLSTM", "CMeter",
                .product(name: "CellReference", package: "flyball"),
                .product(name: "FixedPoint", package: "flyball"),
                .product(name: "GatedMemory", package: "flyball"),
            ],
            swiftSettings: strict),
    ]
)
