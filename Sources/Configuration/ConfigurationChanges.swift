/// What differs between the configuration that runs and one that is to take its place.
///
/// What may change in a running daemon is listed; every other key, and every table that comes or
/// goes, is refused: a new key is so until somebody has seen to it that it comes into force.
package struct ConfigurationChanges {
    /// The keys that differ, in the order of the reference page, each once.
    package private(set) var keys: [String] = []

    /// Compares two configurations; throws what cannot change without a restart.
    package init(from old: Settings, to new: Settings) throws(ConfigurationError) {
        let before = try SettingsReader.readings(of: old)
        let after = try SettingsReader.readings(of: new)
        var problems = ProblemList(path: new.path)
        for name in Section.Name.allCases {
            let (one, other) = (before[name] ?? [], after[name] ?? [])
            if Self.isFree(name) {
                if !Self.isSame(one, other) { keys.append(name.rawValue) }
                continue
            }
            guard one.count == other.count else {
                problems.add(
                    other.last?.position ?? .start, name.rawValue,
                    "found \(other.count) tables where \(one.count) run", Self.remedy)
                continue
            }
            for (running, wanted) in zip(one, other) {
                compare(running, wanted, &problems)
            }
        }
        for (running, wanted) in zip(old.loops, new.loops)
        where Self.tables(running) != Self.tables(wanted) || running.resume != wanted.resume {
            problems.add(
                wanted.position, Section.Name.loop.rawValue,
                "found a table of it in another loop than it runs in", Self.remedy)
        }
        if let error = problems.error { throw error }
    }

    private static let remedy = "this needs a restart"

    /// Tables that may come, go and change as they like.
    private static func isFree(_ section: Section.Name) -> Bool {
        switch section {
        case .loopProfile, .loopPID, .loopLearned: true
        default: false
        }
    }

    /// Which of the tables that a loop may have it has: their values are compared in order, whatever
    /// loop they are of.
    private static func tables(_ loop: LoopSettings) -> [Bool] {
        let guards = loop.guards
        return [
            guards.stuck != nil, guards.unresponsive != nil, guards.uncommanded != nil,
            guards.redundant != nil, loop.cascade != nil, loop.feedForward != nil,
            loop.process != nil,
        ]
    }

    /// The keys of other tables that may change.
    private static func freeKeys(_ section: Section.Name) -> [String] {
        switch section {
        case .root: ["overrun", "overrun_limit", "overrun_window"]
        case .sensor: ["limit_low", "limit_high", "max_rate", "max_age_ms"]
        case .actuator: ["slew"]
        case .loop: ["setpoint", "ramp", "law"]
        case .loopSupervisor: ["bridge_ms", "recover_ms", "retry_ms"]
        default: []
        }
    }

    private mutating func compare(
        _ running: SectionReading, _ wanted: SectionReading, _ problems: inout ProblemList
    ) {
        let free = Self.freeKeys(running.section.name)
        for key in Self.differences(running, wanted) {
            let path = running.section.path(key)
            if free.contains(key) {
                if !keys.contains(path) { keys.append(path) }
            } else {
                problems.add(
                    wanted.position(key), path,
                    "found \(wanted.literal(key)) where \(running.literal(key)) runs", Self.remedy)
            }
        }
    }

    private static func isSame(_ one: [SectionReading], _ other: [SectionReading]) -> Bool {
        one.count == other.count && zip(one, other).allSatisfy { differences($0, $1).isEmpty }
    }

    private static func differences(_ one: SectionReading, _ other: SectionReading) -> [String] {
        let keys = Set(one.values.keys).union(other.values.keys)
        return keys.sorted().filter { key in
            !isSame(one.values[key]?.value, other.values[key]?.value)
        }
    }

    /// Wherever they are written.
    private static func isSame(_ one: OptionValue?, _ other: OptionValue?) -> Bool {
        guard case .numbers(let first) = one, case .numbers(let second) = other else {
            return one == other
        }
        return first.map(\.name) == second.map(\.name) && first.map(\.value) == second.map(\.value)
    }
}
