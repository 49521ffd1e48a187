import ArgumentParser
import Episodes
import FoundationEssentials
import ModelFile
import Pictures
import Realtime
import Scoring
import Training
import Tuning

struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains a learned law for a process and certifies it.",
        usage: """
            flyball train <config> --output MODEL [<options>]
                   flyball train --family NAME --output MODEL [<options>]
                   flyball train --plant FILE --output MODEL [<options>]
                   flyball train --suite NAME --output DIRECTORY [<options>]
                   flyball train --generalist [--from MODEL] -o MODEL [<options>]
            """,
        discussion: """
            The process is the one that `flyball tune` found for the configuration, one of the \
            families of the suite, or a plant of your own (docs/evaluation.md). A PID is optimised first on the same family and cost: PID*. Then \
            the law is trained from scratch by gradients through the plant, written down in \
            integers, and scored in the product's own loop; the scores go into the model file as its \
            certificate. The same seed gives the same file, on any number of cores. A training that was \
            killed goes on from MODEL.part when it is called again with the same options.

            flyball tune configs/demo.toml
            flyball train configs/demo.toml --output heater.fly
            flyball train --family fopdt30 --output fopdt30.fly --iterations 1000
            flyball train --plant docs/plant.toml --output oven.fly
            flyball train --suite specialists --output laws

            With --suite a law for each plant goes to DIRECTORY/NAME.fly, one after the other; a \
            plant whose file is there already is passed over, so that a run that was stopped goes \
            on where it was.

            With --from a generalist is trained on, in a course of its own at small rates, instead of \
            one from scratch.

            Exit codes: 0 ok, certified; 1 written, but a limit was not kept; 2 usage; \
            65 damaged state file; 66 missing input; 78 configuration.
            """)

    @Argument(help: "Configuration file (TOML) whose loop was tuned.")
    var config: String?

    @Option(help: "A family of the suite instead of a configuration.")
    var family: String?

    @Option(help: "A plant of your own (TOML).")
    var plant: String?

    @Option(help: "A suite of plants: a law for each.")
    var suite: String?

    @Flag(help: "One law for processes of all kinds, to be told what a step test found.")
    var generalist = false

    @Option(help: "A generalist to train on.")
    var from: String?

    @Option(name: .shortAndLong, help: "The model file to write; with --suite a directory.")
    var output: String

    @Option(help: "Name of the loop; the first one when not given.")
    var loop: String?

    @Option(help: "File of `flyball tune`; beside the record directory when not given.")
    var state: String?

    @Option(help: "Units of the network, 4 to 64.")
    var units = Recipe().units

    @Option(help: "Steps of training, 50 to 100000; 1500 by default, 7000 for the generalist.")
    var iterations: Int?

    @Option(help: "Generations of evolution on the exact integers at the end, 0 to 500.")
    var finish = 0

    @Option(help: "Seed of all chance.")
    var seed: UInt64 = 1

    @Flag(help: "Prints one JSON object, the certificate, instead of the tables.")
    var json = false

    func validate() throws {
        let sources = [config, family, plant, suite].compactMap(\.self).count
        guard sources + (generalist ? 1 : 0) == 1 else {
            throw ValidationError(
                "one of a configuration, --family, --plant, --suite and --generalist is needed")
        }
        guard !generalist || finish == 0 else {
            throw ValidationError("--finish works on one process, not on a generalist")
        }
        guard from == nil || (generalist && iterations == nil) else {
            throw ValidationError(
                "--from belongs to --generalist, and its course has iterations of its own")
        }
        guard (4...64).contains(units) else {
            throw ValidationError("--units is \(units); allowed: 4 to 64")
        }
        guard (0...500).contains(finish) else {
            throw ValidationError("--finish is \(finish); allowed: 0 to 500")
        }
        if let iterations, !(50...100_000).contains(iterations) {
            throw ValidationError("--iterations is \(iterations); allowed: 50 to 100000")
        }
    }

    func run() throws {
        MemoryLock.keepHeap()
        if let suite {
            try TrainSuite(self, suite).run()
            return
        }
        try Console.checkWritable(output)
        if generalist {
            try TrainGeneralist(self).run()
            return
        }
        if let plant {
            try train(try Console.plant(plant).family, to: output)
            return
        }
        let source = try config.map { try TrainSource(config: $0, loop: loop, state: state) }
        try train(
            try source?.family ?? Self.suiteFamily(family ?? ""),
            isMirrored: source?.isMirrored ?? false, to: output)
    }

    /// Trains a law, writes it and says how good it is; throws when it is not certified.
    func train(_ target: PlantFamily, isMirrored: Bool = false, to output: String) throws {
        var progress = Progress()
        var clock = TrainingClock()
        let optimal = try OptimalPID.search(target, seed: seed) { generation, cost in
            progress.show(
                "PID*", done: generation + 1, total: OptimalPID.generations,
                note: "cost \(NumberText.significant(cost))")
        }
        var recipe = Recipe()
        recipe.units = units
        recipe.iterations = iterations ?? recipe.iterations
        recipe.seed = seed
        var checkpoint = TrainingCheckpoint(
            output: output, recipe: "\(recipe) \(target) \(optimal)")
        var law = try law(recipe, target, optimal, &checkpoint, &progress, &clock)
        if finish > 0 {
            let evolution = try Evolution(target, reference: optimal, seed: seed)
            law = try evolution.run(law, generations: finish) { generation, ratio in
                progress.show(
                    "evolution", done: generation + 1, total: finish,
                    note: "cost over PID* \(NumberText.significant(ratio))")
            }
        }
        progress.finish()
        Console.error(clock.text())
        var certification = try Certification(
            law: law, family: target,
            origin: "trained, seed \(seed), \(recipe.iterations) iterations",
            envelope: target.envelope,
            isMirrored: isMirrored)
        try certification.run(optimal: optimal, seed: seed, output: output, json: json) {
            checkpoint.remove()
        }
    }

    /// The law by gradients; goes on where a call that was killed left off.
    private func law(
        _ recipe: Recipe, _ target: PlantFamily, _ optimal: SamplePIDGains,
        _ checkpoint: inout TrainingCheckpoint, _ progress: inout Progress,
        _ clock: inout TrainingClock
    ) throws -> FloatLaw {
        let start = try recipe.start(target)
        let state = try checkpoint.state(parameters: start.parameters.count)
        if state == nil {
            clock.watch(
                try StepParity(start, target, reference: optimal, seed: recipe.seed))
        }
        return try recipe.train(target, reference: optimal, from: state) { reached, state in
            progress.show(
                "training", done: reached.done, total: reached.total,
                note: "cost over PID* \(NumberText.significant(reached.ratio))")
            checkpoint.note(state)
            clock.note(reached, state)
        }
    }

    static func suiteFamily(_ name: String) throws -> PlantFamily {
        guard let found = PlantFamily.specialists.first(where: { $0.name == name }) else {
            let names = PlantFamily.specialists.map(\.name).joined(separator: ", ")
            throw ValidationError("no family \"\(name)\"; allowed: \(names)")
        }
        return found
    }
}
