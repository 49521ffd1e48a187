import Control
import FixedPoint
import Plants
import Simulation
import TestSupport
import Testing

@Suite("Simulated plant")
struct SimulatedPlantTests {
    /// Everything that can happen, at once.
    static let busy = Scenario(
        plant: "quadruple-tank", periodSeconds: 0.5, seed: 11,
        sensors: [
            SensorModel(output: 0, noise: 0.1, quantum: 0.01), SensorModel(output: 1, noise: 0.2),
        ],
        actuators: [
            ActuatorModel(input: 0, range: 0...10, start: 3, quantum: 0.1, delayTicks: 3),
            ActuatorModel(input: 1, range: 0...10, start: 3),
        ],
        disturbances: [
            Disturbance(
                startSeconds: 1, durationSeconds: .infinity,
                kind: .load(input: 0, shape: .walk(deviationPerRootSecond: 0.1, bound: 1))),
            Disturbance(
                startSeconds: 2, durationSeconds: 50,
                kind: .load(input: 1, shape: .sine(amplitude: 0.5, periodSeconds: 7))),
            Disturbance(
                startSeconds: 3, durationSeconds: 60,
                kind: .load(input: 1, shape: .ramp(to: 0.5, overSeconds: 20))),
            Disturbance(
                startSeconds: 4, durationSeconds: 60, kind: .load(input: 0, shape: .step(0.2))),
            Disturbance(startSeconds: 5, durationSeconds: 3, kind: .dropout(sensor: 0)),
            Disturbance(startSeconds: 6, durationSeconds: 3, kind: .stuck(sensor: 1)),
            Disturbance(startSeconds: 7, durationSeconds: 9, kind: .bias(sensor: 1, value: 0.3)),
            Disturbance(
                startSeconds: 8, durationSeconds: 9, kind: .noise(sensor: 0, deviation: 1)),
            Disturbance(startSeconds: 9, durationSeconds: 9, kind: .actuatorStuck(actuator: 1)),
        ])

    @Test("the same scenario is the same run, bit for bit; another seed is another run")
    func determinism() throws {
        let first = try course(Self.busy)
        #expect(try course(Self.busy) == first)
        var other = Self.busy
        other.seed = 12
        #expect(try course(other) != first)
    }

    private func course(_ scenario: Scenario) throws -> [Int64] {
        let plant = try SimulatedPlant(scenario)
        var course: [Int64] = []
        for tick in 0..<200 {
            for sensor in 0..<2 {
                let bits = (try? plant.reading(ofSensor: sensor).value.bits).map(Int64.init)
                course.append(bits ?? .min)
                plant.drive(actuator: sensor, Q16_16(bits: Int32(200_000 + tick * 100)))
            }
            plant.advance()
        }
        return course
    }

    @Test("time goes by whole periods and does not drift", arguments: [1, 0.1, 0.01, 60])
    func time(period: Double) throws {
        var scenario = Bench.scenario()
        scenario.periodSeconds = period
        scenario.parameters["time_s"] = period
        let plant = try SimulatedPlant(scenario)
        #expect(plant.nowNanoseconds == 0)
        for tick in 1...1_000 {
            plant.advance()
            let expected = (Double(tick) * period * 1e9).rounded()
            #expect(abs(Double(plant.nowNanoseconds) - expected) <= 1)
        }
    }

    @Test("it starts at rest and stays there", arguments: PlantCatalog.names)
    func rest(name: String) throws {
        let entry = try PlantCatalog.plant(named: name)
        let scenario = Scenario(
            plant: name, periodSeconds: entry.typicalPeriodSeconds, seed: 1,
            sensors: entry.outputs.indices.map { SensorModel(output: $0) }, actuators: [])
        let plant = try SimulatedPlant(scenario)
        for (index, start) in entry.initialOutput.enumerated() {
            #expect(abs(plant.truth(ofSensor: index) - start) < 1e-6 * max(1, abs(start)))
        }
    }

    @Test("a scenario that the plant has no place for is refused with the reason")
    func refused() throws {
        func fault(_ change: (inout Scenario) -> Void) -> SimulationFault? {
            var scenario = Self.busy
            change(&scenario)
            do throws(SimulationFault) {
                _ = try SimulatedPlant(scenario)
                return nil
            } catch {
                #expect(!error.description.isEmpty)
                return error
            }
        }
        #expect(fault { _ in } == nil)
        #expect(
            fault { $0.sensors[1].output = 2 } == .noOutput(sensor: 1, found: 2, outputs: 2))
        #expect(
            fault { $0.sensors[0].output = -1 } == .noOutput(sensor: 0, found: -1, outputs: 2))
        #expect(fault { $0.actuators[1].input = 2 } == .noInput(found: 2, inputs: 2))
        #expect(fault { $0.actuators[1].input = 0 } == .inputTaken(input: 0))
        #expect(
            fault { $0.disturbances[0].kind = .load(input: 4, shape: .step(1)) }
                == .noInput(found: 4, inputs: 2))
        for kind in [
            Disturbance.Kind.dropout(sensor: 2), .stuck(sensor: 2), .bias(sensor: 2, value: 1),
            .noise(sensor: 2, deviation: 1),
        ] {
            #expect(fault { $0.disturbances[0].kind = kind } == .noSensor(found: 2, sensors: 2))
        }
        #expect(
            fault { $0.disturbances[0].kind = .actuatorStuck(actuator: -1) }
                == .noActuator(found: -1, actuators: 2))
        #expect(
            fault { $0.plant = "kettle" }
                == .plant(.unknownPlant(found: "kettle", allowed: PlantCatalog.names)))
        #expect(
            fault { $0.periodSeconds = 0 }
                == .plant(.unusablePeriod(foundSeconds: 0, allowedSeconds: 1e-6...86_400)))
    }

    @Test("its ports are those that a loop takes")
    func ports() throws {
        func exchange<S: Sensor & ~Copyable, A: Actuator & ~Copyable>(
            _ sensor: inout S, _ actuator: inout A
        ) throws -> Reading {
            try actuator.drive(Bench.value(40))
            return try sensor.read()
        }
        let plant = try SimulatedPlant(Bench.scenario())
        var sensor = SimulatedSensor(plant, index: 0)
        var actuator = SimulatedActuator(plant, index: 0)
        #expect(try exchange(&sensor, &actuator).timeNanoseconds == 0)
        plant.advance()
        let reading = try exchange(&sensor, &actuator)
        #expect(abs(Bench.number(reading.value) - 40) < 0.001)
        #expect(reading.timeNanoseconds == 1_000_000_000)
    }

    /// Without optimisation every turn of a `for in` over a range allocates, in the plants too.
    @Test(
        "reading, driving and advancing ask nothing of the heap",
        .disabled(if: _isDebugAssertConfiguration(), "only optimised code is free of allocation"))
    func allocations() throws {
        var scenario = Self.busy
        // The test library itself allocates for every error that is thrown, to remember where.
        scenario.disturbances.removeAll { $0.kind == .dropout(sensor: 0) }
        let plant = try SimulatedPlant(scenario)
        func run(_ ticks: Int) -> Int {
            var remaining = ticks
            var silent = 0
            while remaining > 0 {
                var index = 0
                while index < 2 {
                    do throws(SensorFault) {
                        _ = try plant.reading(ofSensor: index)
                    } catch {
                        silent += 1
                    }
                    plant.drive(actuator: index, Q16_16(bits: 200_000))
                    index += 1
                }
                plant.advance()
                remaining -= 1
            }
            return silent
        }
        var silent = 0
        let counted = AllocationCounter.count { silent = run(300) }
        #expect(counted == .none)
        #expect(silent == 0)
    }
}
