import ArgumentParser
import Configuration
import Episodes
import FoundationEssentials
import Scoring

/// `flyball train --suite`: a law for each plant of a suite, one after the other.
struct TrainSuite {
    private let options: Train
    private let suite: Suite
    private let directory: String

    init(_ options: Train, _ name: String) throws {
        self.options = options
        directory = options.output
        let path = try Self.path(name)
        do throws(ConfigurationError) {
            suite = try Suite(path: path)
        } catch {
            throw Console.fail(Console.status(of: error), error.description)
        }
    }

    /// The file of a suite by its name.
    static func path(_ name: String) throws -> String {
        guard let path = SuiteLibrary.path(name) else {
            throw ValidationError(
                "no suite \"\(name)\"; allowed: \(SuiteLibrary.names.joined(separator: ", ")), or a "
                    + "path that ends in .toml; suites/ is looked for here and above the program")
        }
        return path
    }

    /// A law that is not certified is written like the others; the exit status says that there is
    /// one.
    func run() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw Console.fail(.missing, "\(directory): \(Console.reason(error))")
        }
        var uncertified: [String] = []
        for (index, plant) in suite.plants.enumerated() {
            let name = plant.family.name
            let file = "\(directory)/\(name).fly"
            let place = "\(index + 1) of \(suite.plants.count), \(name)"
            // A file is put in place whole, so one that is there is finished.
            if FileManager.default.fileExists(atPath: file) {
                Console.error("\(place): there already")
                continue
            }
            Console.error(place)
            do {
                try options.train(plant.family, to: file)
            } catch let code as ExitCode where code == ExitStatus.failed.code {
                uncertified.append(name)
            }
        }
        guard uncertified.isEmpty else {
            throw Console.fail(
                .failed, "not certified: \(uncertified.joined(separator: ", "))")
        }
    }
}
