import Assembly
import Control
import ControlSocket
import FixedPoint
import Testing

@Suite("Faults put on for practice")
struct DrillTests {
    struct Counting: Sensor {
        var value: Int32 = 0
        mutating func read() throws(SensorFault) -> Reading {
            value += 1
            return Reading(value: Q16_16(bits: value), timeNanoseconds: UInt64(value))
        }
    }

    final class Trace {
        var bits: [Int32] = []
    }

    struct Tracing: Actuator {
        let trace: Trace
        mutating func drive(_ output: Q16_16) throws(ActuatorFault) {
            trace.bits.append(output.bits)
        }
    }

    private func values(
        _ drill: Drill?, from sensor: inout DrilledSensor<Counting>, _ count: Int = 3
    ) -> [Int32?] {
        sensor.drill = drill
        return (0..<count).map { _ in (try? sensor.read())?.value.bits }
    }

    @Test("each fault of a sensor is what its name says, and leaves no trace after it")
    func sensor() throws {
        var sensor = DrilledSensor(
            Counting(), limits: Q16_16(bits: -1_000)...Q16_16(bits: 1_000))
        #expect(values(nil, from: &sensor) == [1, 2, 3])
        #expect(values(Drill(.sensorStuck), from: &sensor) == [4, 4, 4])
        sensor.drill = Drill(.sensorStuck)
        #expect(try sensor.read() == Reading(value: Q16_16(bits: 4), timeNanoseconds: 7))
        #expect(
            values(Drill(.sensorOffset, offset: Q16_16(bits: -100)), from: &sensor) == [
                -92, -91, -90,
            ])
        #expect(
            values(Drill(.sensorOffset, offset: Q16_16(bits: .max)), from: &sensor, 1) == [.max])
        #expect(values(Drill(.sensorMissing), from: &sensor) == [nil, nil, nil])
        #expect(values(Drill(.sensorStuck), from: &sensor) == [15, 15, 15])
        #expect(values(Drill(.actuatorFailing), from: &sensor, 1) == [18])
        #expect(values(nil, from: &sensor, 1) == [19])
    }

    @Test("a failing actuator is driven all the same, a dead one at its safe level")
    func actuator() {
        let trace = Trace()
        var actuator = DrilledActuator(Tracing(trace: trace), safeLevel: Q16_16(bits: 9))
        #expect(throws: Never.self) { try actuator.drive(Q16_16(bits: 1)) }
        actuator.drill = Drill(.actuatorFailing)
        #expect(throws: ActuatorFault.unacknowledged) { try actuator.drive(Q16_16(bits: 2)) }
        actuator.drill = Drill(.sensorMissing)
        #expect(throws: Never.self) { try actuator.drive(Q16_16(bits: 3)) }
        actuator.drill = Drill(.actuatorDead)
        #expect(throws: Never.self) { try actuator.drive(Q16_16(bits: 4)) }
        #expect(trace.bits == [1, 2, 3, 9])
    }

    @Test("no drill hides a reading at a protective limit")
    func yields() throws {
        var sensor = DrilledSensor(Counting(), limits: Q16_16(bits: 0)...Q16_16(bits: 3))
        sensor.drill = Drill(.sensorStuck)
        #expect(values(Drill(.sensorStuck), from: &sensor, 4) == [1, 1, 3, 4])
        #expect(values(Drill(.sensorMissing), from: &sensor, 1) == [5])
    }

    @Test("a drill is over after its ticks, missed ones counted, and marks those it is on")
    func duration() {
        var orders = LoopOrders(configured: .fallback)
        orders.take(
            LoopRequest(sequence: 1, loop: 0, order: .drill(Drill(.sensorMissing), ticks: 4)))
        var marks: [UInt8] = []
        for missed in [0, 1, 0, 0, 0] as [UInt32] {
            var input = TickInput(
                tick: 0, timeNanoseconds: 0, missedPeriods: missed, reading: nil, readFault: nil,
                actuatorFault: nil, target: Q16_16(bits: 0), requested: .safe)
            orders.fill(&input)
            marks.append(input.drills)
        }
        #expect(marks == [1, 1, 1, 0, 0])
    }

    @Test("a drill is refused unless the configuration allows it")
    func allowed() throws {
        let inject =
            #"{"request":"inject","loop":"heater","fault":"sensor-missing","duration_s":5}"#
        let run = try OperatedRun(try Plain.settings([("[[device]]", "[control]\n[[device]]")]))
        #expect(try run.refusal(inject)?.contains("control.allow_inject") == true)
        let allowing = "[control]\nallow_inject = true\n[[device]]"
        let other = try OperatedRun(try Plain.settings([("[[device]]", allowing)]))
        #expect(try other.ask(inject).ok)
        for (text, reason) in [
            (
                #"{"request":"inject","loop":"heater","fault":"fire","duration_s":5}"#,
                "allowed: sensor-missing"
            ),
            (#"{"request":"inject","loop":"heater","fault":"sensor-stuck"}"#, "duration_s"),
            (
                #"{"request":"inject","loop":"heater","fault":"sensor-stuck","duration_s":3601}"#,
                "duration_s"
            ),
            (
                #"{"request":"inject","loop":"heater","fault":"sensor-offset","duration_s":5}"#,
                "offset"
            ),
            (
                #"{"request":"inject","loop":"heater","fault":"sensor-stuck","duration_s":5,"offset":3}"#,
                "offset"
            ),
        ] {
            #expect(try other.refusal(text)?.contains(reason) == true, "\(text)")
        }
        #expect(try other.ask(#"{"request":"inject","loop":"heater","fault":"none"}"#).ok)
    }
}
