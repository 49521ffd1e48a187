import Control
import FixedPoint
import ModelFile
import Realtime

/// What one tick of the measurement leaves behind.
struct LatencySample: BitwiseCopyable, Sendable {
    var latenessNanoseconds: UInt64
    var stepNanoseconds: UInt64
    var missedPeriods: UInt64
}

/// The control thread of a latency measurement: the loops of a configuration, tick for tick as the
/// daemon runs them, between a sensor and an actuator that cost nothing.
///
/// Unchecked, since the loops are classes: they are handed over at the start of the thread, and
/// nobody else touches them before it has been joined.
struct LatencyThread: ~Copyable, @unchecked Sendable {
    let instances: [ControllerInstance]
    let setpoints: [Q16_16]
    var clock: PeriodicClock
    let stop: StopFlag
    let outcome: LatencyOutcome
    var ring: SampleRingProducer<LatencySample>
    let tickLimit: UInt64

    mutating func run() {
        clock.restart()
        let faultsAtStart = PageFaults.ofCurrentThread()
        let computedAtStart = ThreadTime.nanosecondsOfCurrentThread
        var taken: UInt64 = 0
        while taken < tickLimit, let tick = clock.wait(unless: stop) {
            realtimeScope {
                let begin = MonotonicClock.nowNanoseconds
                for (index, instance) in instances.enumerated() {
                    Self.step(instance, tick, setpoint: setpoints[index])
                }
                let sample = LatencySample(
                    latenessNanoseconds: tick.latenessNanoseconds,
                    stepNanoseconds: MonotonicClock.nowNanoseconds &- begin,
                    missedPeriods: tick.missedPeriods)
                ring.push(sample)
            }
            taken += 1
        }
        outcome.set(
            computedNanoseconds: ThreadTime.nanosecondsOfCurrentThread &- computedAtStart,
            pageFaults: faultsAtStart.flatMap { PageFaults.ofCurrentThread()?.since($0) })
    }

    private static func step(
        _ instance: ControllerInstance, _ tick: PeriodicTick, setpoint: Q16_16
    ) {
        // A reading that moves a little about the setpoint, so that every part of the law works.
        let wobble = Int32(truncatingIfNeeded: tick.index & 63) &- 32
        var sensor = SteadySensor(
            reading: Reading(
                value: Q16_16(bits: setpoint.bits &+ wobble &* 256),
                timeNanoseconds: tick.deadlineNanoseconds))
        var actuator = IdleActuator()
        let input = TickInput(
            tick: tick.index, timeNanoseconds: tick.deadlineNanoseconds,
            missedPeriods: UInt32(clamping: tick.missedPeriods), reading: nil, readFault: nil,
            actuatorFault: nil, target: setpoint, requested: .learned)
        _ = instance.loop.tick(input, sensor: &sensor, actuator: &actuator)
    }
}

private struct SteadySensor: Sensor {
    let reading: Reading
    mutating func read() throws(SensorFault) -> Reading { reading }
}

private struct IdleActuator: Actuator {
    mutating func drive(_ output: Q16_16) throws(ActuatorFault) {}
}
