import FoundationEssentials

/// Finds the suites of the repository by name.
package enum SuiteLibrary {
    package static let names = ["specialists", "batch", "tclab", "heater", "motor", "tank"]
    /// Directories above the program that are looked at.
    private static let depth = 6

    /// The file of a suite: a path that ends in `.toml`, or a name in a directory `suites` here or
    /// above the program. Nil when there is none.
    package static func path(_ suite: String) -> String? {
        if suite.hasSuffix(".toml") { return suite }
        let here = FileManager.default.currentDirectoryPath
        let binary = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        var places = [URL(fileURLWithPath: here)]
        var above = binary.deletingLastPathComponent()
        for _ in 0..<depth {
            places.append(above)
            above = above.deletingLastPathComponent()
        }
        return places.map { $0.appendingPathComponent("suites/\(suite).toml").path }
            .first { FileManager.default.fileExists(atPath: $0) }
    }
}
