import Configuration
import Foundation
import Scoring

/// Files as texts, and what is said of broken ones.
enum Parsed {
    static func plant(_ text: String) throws(ConfigurationError) -> PlantCase {
        try PlantCase(
            try Configuration.parseTable(text: text, path: "plant.toml"), path: "plant.toml")
    }

    static func suite(_ text: String) throws(ConfigurationError) -> Suite {
        try Suite(try Configuration.parseTable(text: text, path: "suite.toml"), path: "suite.toml")
    }

    static func signal(_ text: String) throws(ConfigurationError) -> Signal {
        try Signal(csv: text, path: "signal.csv")
    }

    /// The first line of the refusal; empty when there is none.
    static func refusal<Value>(_ body: () throws(ConfigurationError) -> Value) -> String {
        do throws(ConfigurationError) {
            _ = try body()
            return ""
        } catch {
            return error.description
        }
    }

    /// A file of the repository.
    static func path(_ file: String) -> String {
        URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent(file).path
    }

    static let board = path("suites/tclab.toml")
}
