import Testing

import Plants

@Suite("Plants against an independent integration")
struct GoldenTraceTests {
    /// How far a trace may be from SciPy's, in units of the output: two to ten times the error of
    /// the fixed step at the sharpest change of the trace. Where that error is at rounding level
    /// (quadruple tank, reactor) it is a thousand times SciPy's own tolerance. The largest are the
    /// emptying tank, whose outflow bends sharply, and the ignition, where 200 K rise in seconds.
    static let tolerances: [(name: String, tolerance: Double)] = [
        ("fopdt", 5e-8), ("lag", 1e-7), ("lag-eight", 2e-8), ("underdamped", 1e-6),
        ("integrator", 1e-8), ("inverse-response", 1e-6), ("tclab", 1e-7), ("tclab-late", 2e-8),
        ("heater", 1e-6), ("motor", 2e-5), ("tank", 1e-4), ("quadruple-tank", 1e-9),
        ("quadruple-tank-inverse", 1e-9), ("cstr", 1e-9), ("cstr-ignition", 2e-4), ("jacket", 1e-6),
    ]

    /// Single precision, relative to the largest output: 24 bits, less what some ten thousand
    /// substeps lose. All but the reactor stay below 2e-6; it ignites on an edge, where a rounding
    /// moves the instant and not only the value.
    static let floatTolerance = 3e-4

    @Test("a plant follows SciPy's trace to its tolerance", arguments: tolerances)
    func followsTrace(name: String, tolerance: Double) throws {
        let trace = try GoldenTrace(named: name)
        let plant = try PlantCatalog.plant(named: trace.plant, parameters: trace.parameters)
        let outputs = try run(plant, trace)
        #expect(trace.rows.count > 100)
        let error = largestError(outputs, trace)
        #expect(error <= tolerance, "\(name): \(error)")
    }

    @Test("single precision agrees with the trace", arguments: tolerances.map(\.name))
    func floatAgrees(name: String) throws {
        let trace = try GoldenTrace(named: name)
        let kind = try PlantCatalog.kind(named: trace.plant)
        let plant = try PlantCatalog.plant(kind, parameters: trace.parameters, in: Float.self)
        let error = largestError(try run(plant, trace), trace)
        let scale = trace.rows.flatMap(\.outputs).map(abs).max() ?? 0
        #expect(error <= Self.floatTolerance * scale, "\(name): \(error / scale)")
    }

    @Test("a trace notices a plant with other parameters", arguments: tolerances)
    func noticesOtherParameters(name: String, tolerance: Double) throws {
        let trace = try GoldenTrace(named: name)
        var parameters = trace.parameters
        parameters["dead_time_s", default: 0] += 0.01 * trace.periodSeconds
        let plant = try PlantCatalog.plant(named: trace.plant, parameters: parameters)
        let error = largestError(try run(plant, trace), trace)
        #expect(error > 2 * tolerance, "\(name): \(error)")
    }

    private func run<Scalar: PlantScalar>(
        _ plant: AnyPlant<Scalar>, _ trace: GoldenTrace
    ) throws -> [[Double]] {
        var simulation = try PlantSimulation(plant, periodSeconds: trace.periodSeconds)
        return trace.rows.map { row in
            let outputs = row.outputs.indices.map { simulation.output($0).leastValue }
            let (inputs, loads) = (row.inputs.map(Scalar.init), row.loads.map(Scalar.init))
            simulation.step(input: inputs.span, load: loads.span)
            return outputs
        }
    }

    private func largestError(_ outputs: [[Double]], _ trace: GoldenTrace) -> Double {
        var largest = 0.0
        for (found, row) in zip(outputs, trace.rows) {
            for (value, expected) in zip(found, row.outputs) {
                let error = abs(value - expected)
                largest = error.isNaN ? .infinity : max(largest, error)
            }
        }
        return largest
    }
}
