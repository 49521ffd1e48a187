import Control
import FixedPoint
import Foundation
import ModelFile

/// From the bytes of a model file to ticks of a loop that runs it.
///
/// The bytes are tried as they are and once more with their hash made right, since almost no changed
/// file would pass that check otherwise.
enum ModelFuzz {
    private static let ticks: UInt64 = 64
    private static let hashKey = Data(#""sha256":""#.utf8)
    private static let hashDigits = 64

    static func run(_ bytes: [UInt8]) {
        read(Data(bytes))
        if let sealed = sealed(Data(bytes)) { read(sealed) }
    }

    private static func read(_ content: Data) {
        do throws(ModelFault) {
            try tick(try ModelReader.parse(content))
        } catch {
            FuzzTarget.expectReason(error.description, of: error)
        }
    }

    private static func sealed(_ content: Data) -> Data? {
        guard let key = content.range(of: hashKey),
            content.endIndex - key.upperBound >= hashDigits
        else { return nil }
        let place = key.upperBound..<(key.upperBound + hashDigits)
        var sealed = content
        sealed.replaceSubrange(place, with: Data(repeating: UInt8(ascii: "0"), count: hashDigits))
        sealed.replaceSubrange(place, with: Data(ModelWriter.sha256(of: sealed).utf8))
        return sealed
    }

    /// Runs the law over its whole range of measurements, with silences in between.
    private static func tick(_ model: Model) throws(ModelFault) {
        guard let parameters = parameters() else { preconditionFailure("the ranges are legal") }
        let instance = try ControllerInstance(parameters: parameters, model: model)
        for tick in 0..<ticks {
            let time = tick * 1_000_000_000
            let isSilent = tick % 8 == 7
            let reading = Reading(
                value: Q16_16(bits: Int32(tick % 32) << 18), timeNanoseconds: time)
            let record = instance.loop.step(
                TickInput(
                    tick: tick, timeNanoseconds: time, missedPeriods: 0,
                    reading: isSilent ? nil : reading, readFault: isSilent ? .stale : nil,
                    actuatorFault: nil, target: Q16_16(bits: 50 << 16), requested: .learned))
            precondition((0...100 << 16).contains(record.output.bits), "beyond the output range")
        }
    }

    /// Readings 0 ... 128 C, output 0 ... 100 %, limits that no reading reaches.
    private static func parameters() -> LoopParameters? {
        guard
            let measurement = EngineeringRange(
                low: Q16_16(bits: 0), high: Q16_16(bits: 128 << 16)),
            let output = EngineeringRange(low: Q16_16(bits: 0), high: Q16_16(bits: 100 << 16))
        else { return nil }
        let zero = Gain.zero
        return LoopParameters(
            index: 0, measurementRange: measurement, limitLow: Q16_16(bits: -1 << 16),
            limitHigh: Q16_16(bits: 129 << 16), maxRatePerSecond: Q16_16(bits: 200 << 16),
            maxAgeNanoseconds: 5_000_000_000, outputRange: output, safeLevel: Q16_16(bits: 0),
            slewPerTick: 1 << 28, rampPerTick: 0,
            pid: PIDParameters(
                proportional: zero, integral: zero, derivative: zero, derivativeFilter: zero,
                measurementFilter: zero, setpointWeight: zero, tracking: zero),
            supervisor: SupervisorLimits(
                bridgeTicks: 3, recoverTicks: 5, retryTicks: 10, actuatorFaultTicks: 2,
                implausibleTicks: 3, overrunTicks: 0, overrunWindowTicks: 1),
            holdsOnOverrun: false)
    }
}
