import EpisodeReference
import Episodes
import Testing

@Suite("What episodes are made of")
struct SignalClassTests {
    #if DEBUG
        private let blocks = 1
    #else
        private let blocks = 16
    #endif
    /// Rounding of a level to single precision.
    private let rounding: Float = 1e-6

    /// Setpoint and load of one episode.
    private struct Course {
        let setpoint: [Float]
        let load: [Float]

        /// Samples at which a signal differs from the one before.
        static func changes(_ signal: [Float]) -> [Int] {
            signal.indices.dropFirst().filter { signal[$0] != signal[$0 - 1] }
        }
    }

    private func courses(_ blocks: [EpisodeBlock]) -> [Course] {
        blocks.flatMap { block in
            (0..<Lanes.scalarCount).map { lane in
                Course(setpoint: block.setpoint.map { $0[lane] }, load: block.load.map { $0[lane] })
            }
        }
    }

    private func courses(_ signal: SignalClass, _ family: PlantFamily) throws -> [Course] {
        var generator = EpisodeGenerator(family, seed: 21, stream: 2)
        return courses(try generator.test(signal, blocks: blocks))
    }

    private static let families =
        [ReferenceFamilies.fractional, ReferenceFamilies.integrating]
        + ReferenceFamilies.nonlinear

    @Test("steps: two of 0.18 to 0.7 of the range, and a load step", arguments: families)
    func steps(family: PlantFamily) throws {
        let width = Float(family.setpoints.upperBound - family.setpoints.lowerBound)
        let twice: Float = family == ReferenceFamilies.integrating ? 2 : 1
        for course in try courses(.steps, family) {
            let places = Course.changes(course.setpoint)
            #expect(places.count == 2)
            #expect(22...31 ~= places[0] && 212...227 ~= places[1])
            for place in places {
                let size = abs(course.setpoint[place] - course.setpoint[place - 1])
                // The second may be cut short at the end of the range.
                #expect(size <= 0.7 * width + rounding)
            }
            #expect(abs(course.setpoint[places[0]] - course.setpoint[0]) >= 0.18 * width - rounding)
            let loaded = Course.changes(course.load)
            #expect(loaded.count == 1 && 115...129 ~= loaded[0])
            #expect(course.load[0] == 0)
            let load = abs(course.load[319])
            #expect(load >= 0.05 * twice - rounding && load <= 0.12 * twice + rounding)
        }
    }

    @Test("small steps: a tenth of the steps")
    func smallSteps() throws {
        let (large, small) = (
            try courses(.steps, ReferenceFamilies.fractional),
            try courses(.smallSteps, ReferenceFamilies.fractional)
        )
        // Until the first class draws what the other does not, both are the same episodes.
        let (steps, tenth) = (large[0], small[0])
        for sample in steps.setpoint.indices {
            let start = steps.setpoint[0]
            let expected = start + 0.1 * (steps.setpoint[sample] - start)
            #expect(abs(tenth.setpoint[sample] - expected) < rounding)
            #expect(abs(tenth.load[sample] - 0.1 * steps.load[sample]) < rounding)
        }
        for course in small {
            #expect(Course.changes(course.setpoint).count == 2)
            #expect(abs(course.load[319]) <= 0.012 + rounding)
        }
    }

    @Test("ramp: from sample 30 on in 120 samples, without a load")
    func ramp() throws {
        for course in try courses(.ramp, ReferenceFamilies.fractional) {
            let places = Course.changes(course.setpoint)
            if places.isEmpty { continue }  // It may end where it starts.
            #expect(places.first.map { $0 >= 31 } == true)
            #expect(places.last.map { $0 <= 150 } == true)
            let slope = (course.setpoint[319] - course.setpoint[0]) / 120
            for sample in 31...150 {
                let change = course.setpoint[sample] - course.setpoint[sample - 1]
                #expect(abs(change - slope) < rounding)
            }
            #expect(course.load.allSatisfy { $0 == 0 })
        }
    }

    @Test("sine load: amplitude 0.06, period 80, setpoint at rest")
    func sineLoad() throws {
        for course in try courses(.sineLoad, ReferenceFamilies.fractional) {
            #expect(Course.changes(course.setpoint).isEmpty)
            #expect(abs(course.load[20] - 0.06) < rounding)
            #expect(abs(course.load[60] + 0.06) < rounding)
            for sample in 80..<320 {
                #expect(abs(course.load[sample] - course.load[sample - 80]) < rounding)
            }
        }
    }

    @Test("load walk: within 0.12, in small steps, setpoint at rest")
    func walkLoad() throws {
        for course in try courses(.walkLoad, ReferenceFamilies.fractional) {
            #expect(Course.changes(course.setpoint).isEmpty)
            #expect(course.load.allSatisfy { abs($0) <= 0.12 + rounding })
            // Twelve uniform numbers less six are 6 at most.
            let steps = course.load.indices.dropFirst().map {
                abs(course.load[$0] - course.load[$0 - 1])
            }
            #expect(steps.allSatisfy { $0 <= 6 * 0.008 + rounding })
            #expect(steps.contains { $0 > 0.004 })
        }
    }

    @Test("sine setpoint: swings by 0.2 in 100 samples, and comes back", arguments: families)
    func sineSetpoint(family: PlantFamily) throws {
        for course in try courses(.sineSetpoint, family) {
            #expect(course.load.allSatisfy { $0 == 0 })
            let start = course.setpoint[0]
            #expect(abs(abs(course.setpoint[70] - start) - 0.2) < rounding)
            for sample in [20, 120, 220] {
                #expect(abs(course.setpoint[sample] - start) < rounding)
            }
        }
    }

    @Test("load pulse: two pulses and nothing else")
    func loadPulse() throws {
        for course in try courses(.loadPulse, ReferenceFamilies.fractional) {
            #expect(Course.changes(course.setpoint).isEmpty)
            #expect(Course.changes(course.load) == [61, 75, 181, 240])
            #expect(course.load[61] == 0.1 && course.load[181] == -0.06)
            #expect(course.load[100] == 0 && course.load[319] == 0)
        }
    }

    @Test("setpoints lie within the family's range, in every class", arguments: families)
    func keepsRange(family: PlantFamily) throws {
        let low = Float(family.setpoints.lowerBound) - rounding
        let high = Float(family.setpoints.upperBound) + rounding
        for signal in SignalClass.allCases {
            let setpoints = try courses(signal, family).flatMap(\.setpoint)
            #expect(setpoints.allSatisfy { $0 >= low && $0 <= high }, "\(signal)")
        }
        var generator = EpisodeGenerator(family, seed: 2, stream: 2)
        for course in courses(try generator.mixture(blocks: blocks)) {
            #expect(course.setpoint.allSatisfy { $0 >= low && $0 <= high })
        }
    }

    private enum Kind: Hashable {
        case steps
        case ramp
        case sineLoad
        case walkLoad
        case other
    }

    /// What an episode of the mixture is, from its course alone.
    private func kind(_ course: Course) -> Kind {
        let (setpoint, load) = (Course.changes(course.setpoint), Course.changes(course.load))
        if setpoint.isEmpty {
            // A walk may stay at its limit for long; two pulses are four changes.
            guard load.count > 20 else { return .other }
            // A sine is smooth: its second difference is its value times (2 pi / 25)^2 at most.
            var (roughest, largest) = (Float.zero, Float.zero)
            for sample in 2..<320 {
                let later = course.load[sample] - course.load[sample - 1]
                let earlier = course.load[sample - 1] - course.load[sample - 2]
                roughest = max(roughest, abs(later - earlier))
                largest = max(largest, abs(course.load[sample]))
            }
            return roughest <= 0.064 * largest + rounding ? .sineLoad : .walkLoad
        }
        if setpoint.count <= 2 { return load.count == 1 ? .steps : .other }
        let slopes = setpoint.map { course.setpoint[$0] - course.setpoint[$0 - 1] }
        let isStraight = slopes.dropFirst().dropLast().allSatisfy {
            abs($0 - slopes[1]) < rounding
        }
        return isStraight && load.isEmpty ? .ramp : .other
    }

    @Test("the mixture has the stated shares, and nothing of the classes that are held out")
    func mixes() throws {
        var generator = EpisodeGenerator(ReferenceFamilies.fractional, seed: 17, stream: 3)
        let found = courses(try generator.mixture(blocks: 4 * blocks)).map(kind)
        #expect(!found.contains(.other))
        let total = Double(found.count)
        let shares = Dictionary(grouping: found) { $0 }.mapValues { Double($0.count) / total }
        let expected: [(Kind, Double)] = [
            (.steps, 0.6), (.ramp, 0.13), (.sineLoad, 0.13), (.walkLoad, 0.14),
        ]
        for (kind, share) in expected {
            // Four deviations of a share of so many episodes.
            let tolerance = 4 * (share * (1 - share) / total).squareRoot()
            #expect(abs((shares[kind] ?? 0) - share) < tolerance, "\(kind)")
        }
    }

    @Test("this test tells the classes that are held out from the others")
    func tellsHeldOut() throws {
        for signal in SignalClass.allCases where signal.isHeldOut {
            let kinds = try courses(signal, ReferenceFamilies.fractional).map(kind)
            #expect(kinds.allSatisfy { $0 == .other }, "\(signal)")
        }
        #expect(SignalClass.allCases.filter(\.isHeldOut) == [.sineSetpoint, .loadPulse])
    }

    @Test("loads of the mixture stay within their limits and can be borne")
    func limitsLoads() throws {
        var generator = EpisodeGenerator(ReferenceFamilies.fractional, seed: 5, stream: 3)
        for course in courses(try generator.mixture(blocks: 2 * blocks)) {
            let largest = course.load.map { abs($0) }.max() ?? 0
            switch kind(course) {
            case .steps: #expect(largest <= 0.28 + rounding)
            case .walkLoad: #expect(largest <= 0.15 + rounding)
            // It begins at zero in any phase: twice the amplitude.
            case .sineLoad: #expect(largest <= 0.24 + rounding)
            case .ramp, .other: #expect(largest == 0)
            }
        }
    }

    @Test("a long hold has a load that the actuator can bear", arguments: families)
    func holdsLong(family: PlantFamily) throws {
        var generator = EpisodeGenerator(family, seed: 5, stream: 3)
        let samples = 400
        let held = try generator.longHolds(blocks: 1, samples: samples, load: 0.25)
        for block in held {
            let last = samples - 1
            let rest = try block.plants.equilibrium(output: block.setpoint[last])
            for lane in 0..<Lanes.scalarCount {
                #expect(abs(block.load[last][lane]) == 0.25)
                #expect(block.load[samples / 4 - 1][lane] == 0)
                // Where the level itself is out of reach no load makes it better.
                let high = block.commandLow + block.commandSpan
                guard rest.command[lane] < high, rest.command[lane] > block.commandLow else {
                    continue
                }
                let needed = rest.command[lane] - block.load[last][lane]
                #expect(needed > block.commandLow && needed < high)
            }
        }
    }
}
