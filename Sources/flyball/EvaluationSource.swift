import ArgumentParser
import Configuration
import Episodes
import ModelFile
import Pictures
import Scoring
import Training
import Tuning

/// What `flyball evaluate` was told to score, and how it does it.
struct EvaluationSource {
    enum Subject {
        case plant(PlantCase)
        case suite(Suite)
        case board(BoardScenario)
    }

    let subject: Subject
    let signal: Signal?
    private let options: Evaluate
    private let models: ModelSource
    private let comparison: SuiteRun.Comparison

    init(_ options: Evaluate) throws {
        self.options = options
        var comparison = SuiteRun.Comparison()
        comparison.hasOptimal = !options.skipsOptimal
        comparison.hasLimited = options.addsLimited
        comparison.seed = options.seed
        self.comparison = comparison
        let family = try options.family.map { try Train.suiteFamily($0) }
        if let suite = options.suite { _ = try TrainSuite.path(suite) }
        do throws(ConfigurationError) {
            subject = try Self.subject(options, family)
            if let path = options.signal { signal = try Signal(path: path) } else { signal = nil }
        } catch {
            throw Console.fail(Console.status(of: error), error.description)
        }
        do throws(ModelSource.Fault) {
            models = try ModelSource(path: options.model)
        } catch {
            throw Self.failure(error)
        }
    }

    private static func subject(
        _ options: Evaluate, _ family: PlantFamily?
    ) throws(ConfigurationError) -> Subject {
        if let path = options.plant { return .plant(try PlantCase(path: path)) }
        if let name = options.suite {
            // A name that is none was refused before.
            let path = SuiteLibrary.path(name) ?? name
            let table = try Configuration.loadTable(path: path)
            return BoardScenario.describes(table)
                ? .board(try BoardScenario(table, path: path))
                : .suite(try Suite(table, path: path))
        }
        guard let family else { preconditionFailure("one of the three was asked for") }
        return .plant(PlantCase(family))
    }

    private static func failure(_ fault: ModelSource.Fault) -> ExitCode {
        switch fault {
        case .missing: Console.fail(.missing, "\(fault)")
        case .damaged(_, .unreadable): Console.fail(.missing, "\(fault)")
        case .damaged: Console.fail(.damaged, "\(fault)")
        case .otherPeriod: Console.fail(.usage, "\(fault)")
        }
    }

    private func model(_ family: PlantFamily) throws -> Model {
        do throws(ModelSource.Fault) {
            return try models.model(for: family)
        } catch {
            throw Self.failure(error)
        }
    }

    // MARK: One plant

    private func baselines(_ family: PlantFamily) throws -> Baselines {
        var progress = Progress()
        let found = try comparison.baselines(family) { label, part in
            progress.show(label, done: Int(part * 100), total: 100, note: family.name)
        }
        progress.finish()
        return found
    }

    func score(_ plant: PlantCase) throws {
        let law = try model(plant.family)
        let baselines = try baselines(plant.family)
        let evaluation = try Evaluator(plant.family, baselines: baselines).run(law, float: nil)
        let certificate = Certificate(evaluation, plant.family, seed: options.seed)
        if let path = options.report {
            let report = try Report(law, plant, baselines: baselines, certificate: certificate)
            try Console.write(report.html, to: path)
        }
        if options.json {
            try Console.print(json: certificate)
        } else {
            print(EvaluationText.text([evaluation]), terminator: "")
            if let path = options.report { print("report: \(path)") }
        }
        guard certificate.holds else {
            throw Console.fail(
                .failed, "limits not kept: \(certificate.failures.joined(separator: "; "))")
        }
    }

    func score(_ plant: PlantCase, _ signal: Signal) throws {
        let law = try model(plant.family)
        let run: SignalRun
        do throws(SignalRun.Fault) {
            run = try SignalRun(plant, signal)
        } catch {
            throw Console.fail(.configuration, "\(options.signal ?? ""): \(error)")
        }
        let score = try run.run(law, try baselines(plant.family))
        if options.json {
            try Console.print(json: score)
        } else {
            print(SuiteText.text(score), terminator: "")
        }
    }

    // MARK: Suites

    func score(_ suite: Suite) throws {
        var progress = Progress()
        var run = SuiteRun(suite)
        run.comparison = comparison
        let score = run.run({ try models.model(for: $0) }) { done, label in
            progress.show("suite \(suite.name)", done: done, total: suite.plants.count, note: label)
        }
        progress.finish()
        if options.json {
            try Console.print(json: score)
        } else {
            print(SuiteText.text(score), terminator: "")
        }
        if score.plants.isEmpty {
            throw Console.fail(
                .missing,
                "no plant of the suite has a law; the first: "
                    + (score.absent.first?.reason ?? ""))
        }
        try finish(score.targets)
    }

    func score(_ scenario: BoardScenario) throws {
        let law = try model(scenario.process.family)
        var progress = Progress()
        let score: BoardScore
        do throws(BoardRun.Fault) {
            score = try BoardRun(scenario).run(law) { part in
                progress.show(
                    "suite \(scenario.name)", done: Int(part * 100), total: 100,
                    note: "\(scenario.variants.count) variants")
            }
        } catch {
            throw Console.fail(.failed, "\(error)")
        }
        progress.finish()
        if options.json {
            try Console.print(json: score)
        } else {
            print(SuiteText.text(score), terminator: "")
        }
        try finish(score.targets)
    }

    private func finish(_ targets: [TargetResult]) throws {
        let missed = targets.filter { $0.met == false }.count
        guard missed > 0 else { return }
        throw Console.fail(.failed, "\(missed) of \(targets.count) targets missed")
    }
}
