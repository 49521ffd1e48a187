/// A table of the configuration and its options.
package struct Section: Equatable, Sendable {
    /// The path of the table; raw values are what the user writes.
    package enum Name: String, CaseIterable, Sendable {
        case root = ""
        case realtime
        case simulation
        case simulationEvent = "simulation.event"
        case device
        case sensor
        case actuator
        case loop
        case loopProfile = "loop.profile"
        case loopPID = "loop.pid"
        case loopLearned = "loop.learned"
        case loopSupervisor = "loop.supervisor"
        case loopResume = "loop.resume"
        case loopStuck = "loop.stuck"
        case loopUnresponsive = "loop.unresponsive"
        case loopUncommanded = "loop.uncommanded"
        case loopRedundant = "loop.redundant"
        case loopCascade = "loop.cascade"
        case loopFeedForward = "loop.feedforward"
        case loopProcess = "loop.process"
        case interlock
        case record
        case control

        /// The key in the parent's table.
        var key: String {
            String(rawValue.split(separator: ".").last ?? "")
        }

        /// The table it is written in; nil for the root.
        var parent: Name? {
            guard self != .root else { return nil }
            let parts = rawValue.split(separator: ".").dropLast()
            return Name(rawValue: parts.joined(separator: "."))
        }

        /// The tables written in it.
        var children: [Name] {
            Name.allCases.filter { $0.parent == self }
        }
    }

    package enum Form: Equatable, Sendable {
        case table
        /// An array of tables with so many entries.
        case array(ClosedRange<Int>)
    }

    package let name: Name
    package let form: Form
    /// When the table must be there, in words; empty where the form says it.
    package let presence: String
    /// What the table is for, in one or two sentences.
    package let meaning: String
    package let options: [OptionEntry]

    /// `[simulation]` or `[[loop]]`.
    package var header: String {
        switch form {
        case .table: "[\(name.rawValue)]"
        case .array: "[[\(name.rawValue)]]"
        }
    }

    /// The name of a key in messages: `loop.pid.kp`.
    func path(_ key: String) -> String {
        name == .root ? key : "\(name.rawValue).\(key)"
    }
}
