import Control
import FixedPoint
import Simulation
import Testing

@Suite("Simulated sensors")
struct SensorTests {
    /// A constant load is what the sensor looks at.
    private func level(_ value: Double) -> Disturbance {
        Disturbance(
            startSeconds: 0, durationSeconds: .infinity,
            kind: .load(input: 0, shape: .step(value)))
    }

    /// What the first sensor says in each tick; `nil` for nothing.
    private func readings(_ scenario: Scenario, ticks: Int, sensor: Int = 0) throws -> [Double?] {
        let plant = try SimulatedPlant(scenario)
        return (0..<ticks).map { _ in
            defer { plant.advance() }
            return (try? plant.reading(ofSensor: sensor)).map { Bench.number($0.value) }
        }
    }

    @Test("without noise, quantum and fault a reading is the output, rounded to 2^-16")
    func plain() throws {
        let readings = try readings(Bench.scenario(disturbances: [level(3.3)]), ticks: 3)
        #expect(readings[0] == 0)
        #expect(abs(try #require(readings[2]) - 3.3) <= 0x1p-17 + Bench.residue)
    }

    @Test(
        "a converter rounds down, below zero too",
        arguments: [(3.3, 3.0), (2.999, 2.5), (-0.1, -0.5), (-3.3, -3.5), (0.2, 0)])
    func quantum(value: Double, expected: Double) throws {
        let sensor = SensorModel(output: 0, quantum: 0.5)
        let scenario = Bench.scenario(sensors: [sensor], disturbances: [level(value)])
        #expect(try readings(scenario, ticks: 3)[2] == expected)
    }

    @Test("noise comes before the converter, and the converter takes half a step on average")
    func noiseThenQuantum() throws {
        let sensor = SensorModel(output: 0, noise: 0.3, quantum: 0.25)
        let scenario = Bench.scenario(sensors: [sensor], disturbances: [level(10)])
        let values = try readings(scenario, ticks: 1_000).dropFirst().compactMap { $0 }
        #expect(values.allSatisfy { ($0 / 0.25).rounded() * 0.25 == $0 })
        #expect(Set(values).count > 5)
        let mean = values.reduce(0, +) / Double(values.count)
        // Half a step low; five standard errors of 0.31.
        #expect(abs(mean - (10 - 0.125)) < 0.05)
    }

    @Test("a dropout is silence from its start to its end, and then the sensor is back")
    func dropout() throws {
        let dropout = Disturbance(startSeconds: 2, durationSeconds: 3, kind: .dropout(sensor: 0))
        let readings = try readings(Bench.scenario(disturbances: [dropout]), ticks: 7)
        #expect(readings == [0, 0, nil, nil, nil, 0, 0])
        let plant = try SimulatedPlant(
            Bench.scenario(disturbances: [
                Disturbance(startSeconds: 0, durationSeconds: 1, kind: .dropout(sensor: 0))
            ]))
        #expect(throws: SensorFault.stale) { try plant.reading(ofSensor: 0) }
    }

    @Test("a stuck sensor repeats its last reading with the time of now")
    func stuck() throws {
        let ramp = Disturbance(
            startSeconds: 0, durationSeconds: .infinity,
            kind: .load(input: 0, shape: .ramp(to: 100, overSeconds: 100)))
        let stuck = Disturbance(startSeconds: 3, durationSeconds: 3, kind: .stuck(sensor: 0))
        let scenario = Bench.scenario(
            sensors: [SensorModel(output: 0, quantum: 0.5)], disturbances: [ramp, stuck])
        let plant = try SimulatedPlant(scenario)
        var values: [Double] = []
        for tick in 0..<8 {
            let reading = try plant.reading(ofSensor: 0)
            #expect(reading.timeNanoseconds == UInt64(tick) * 1_000_000_000)
            values.append(Bench.number(reading.value))
            plant.advance()
        }
        // The ramp's value of a period is seen at its end, a hair below it: rounded down.
        #expect(values[2] == values[3])
        #expect(values[3] == values[5])
        #expect(values[6] > values[5] + 2)
    }

    @Test("a sensor that is stuck from the start keeps its first reading")
    func stuckFromStart() throws {
        let stuck = Disturbance(startSeconds: 0, durationSeconds: 4, kind: .stuck(sensor: 0))
        let readings = try readings(Bench.scenario(disturbances: [level(9), stuck]), ticks: 6)
        #expect(readings[0] == 0)
        #expect(readings[3] == 0)
        #expect(try #require(readings[4]) > 8)
    }

    @Test("a bias shifts the reading, not the plant, and two of them add up")
    func bias() throws {
        let biases = [(1.0, 2.0), (2, 0.5)].map { start, value in
            Disturbance(
                startSeconds: start, durationSeconds: 2, kind: .bias(sensor: 0, value: value))
        }
        let readings = try readings(Bench.scenario(disturbances: biases), ticks: 5)
        #expect(readings == [0, 2, 2.5, 0.5, 0])
    }

    @Test("a change of the noise holds for its time")
    func noise() throws {
        let quiet = Disturbance(
            startSeconds: 100, durationSeconds: 100, kind: .noise(sensor: 0, deviation: 0))
        let loud = Disturbance(
            startSeconds: 200, durationSeconds: 400, kind: .noise(sensor: 0, deviation: 2))
        let scenario = Bench.scenario(
            sensors: [SensorModel(output: 0, noise: 0.1)], disturbances: [quiet, loud])
        let values = try readings(scenario, ticks: 700).compactMap { $0 }
        #expect(values[100..<200].allSatisfy { $0 == 0 })
        // Four standard errors of 100 and of 400 numbers.
        #expect(abs(deviation(values[0..<100]) - 0.1) < 0.028)
        #expect(abs(deviation(values[200..<600]) - 2) < 0.28)
        #expect(abs(deviation(values[600..<700]) - 0.1) < 0.028)
    }

    @Test("a fault changes no later reading")
    func laterReadings() throws {
        let sensors = [SensorModel(output: 0, noise: 0.5)]
        let faults: [Disturbance.Kind] = [
            .dropout(sensor: 0), .stuck(sensor: 0), .noise(sensor: 0, deviation: 0),
        ]
        let plain = try readings(Bench.scenario(sensors: sensors), ticks: 20)
        for kind in faults {
            let fault = Disturbance(startSeconds: 5, durationSeconds: 5, kind: kind)
            let hit = try readings(
                Bench.scenario(sensors: sensors, disturbances: [fault]), ticks: 20)
            #expect(hit[..<5] == plain[..<5])
            #expect(hit[5..<10] != plain[5..<10])
            #expect(hit[10...] == plain[10...])
        }
    }

    @Test("two sensors of one output have noise of their own")
    func ownNoise() throws {
        let sensor = SensorModel(output: 0, noise: 1)
        let scenario = Bench.scenario(sensors: [sensor, sensor])
        let first = try readings(scenario, ticks: 500).compactMap { $0 }
        let second = try readings(scenario, ticks: 500, sensor: 1).compactMap { $0 }
        let product = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 } / 500
        #expect(abs(product) < 0.18)
        // Whether the other one is read makes no difference.
        let plant = try SimulatedPlant(scenario)
        for tick in 0..<20 {
            #expect(Bench.number(try plant.reading(ofSensor: 1).value) == second[tick])
            #expect(Bench.number(try plant.reading(ofSensor: 0).value) == first[tick])
            plant.advance()
        }
    }

    @Test("a sensor that is asked twice in a tick says the same twice")
    func askedTwice() throws {
        let plant = try SimulatedPlant(Bench.scenario(sensors: [SensorModel(output: 0, noise: 1)]))
        for _ in 0..<10 {
            let first = try plant.reading(ofSensor: 0)
            #expect(try plant.reading(ofSensor: 0) == first)
            plant.advance()
            #expect(try plant.reading(ofSensor: 0).value != first.value)
        }
    }

    @Test("the same seed gives the same readings, another seed others")
    func seeds() throws {
        let sensors = [SensorModel(output: 0, noise: 0.5, quantum: 0.01)]
        let one = try readings(Bench.scenario(sensors: sensors, seed: 3), ticks: 500)
        #expect(try readings(Bench.scenario(sensors: sensors, seed: 3), ticks: 500) == one)
        #expect(try readings(Bench.scenario(sensors: sensors, seed: 4), ticks: 500) != one)
    }

    @Test("a value that fixed point cannot hold is a malformed reading, not a trap")
    func tooLarge() throws {
        let loads = [level(32_767), level(2)]
        let plant = try SimulatedPlant(Bench.scenario(disturbances: loads))
        plant.advance()
        #expect(throws: SensorFault.malformed) { try plant.reading(ofSensor: 0) }
    }

    private func deviation(_ values: ArraySlice<Double>) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (square / Double(values.count)).squareRoot()
    }
}
