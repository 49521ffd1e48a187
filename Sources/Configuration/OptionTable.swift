/// Every key of the configuration. The parser, the limits and the reference page come from here.
package enum OptionTable {
    /// Drivers of devices, in the order of the reference page.
    static let drivers = [
        "tclab", "gpio", "pwm", "ds18b20", "iio", "hwmon", "thermal", "line", "modbus", "sim",
    ]

    /// The sections in the order of the reference page and of the example.
    package static let sections: [Section] = Section.Name.allCases.map { section($0) }

    package static func section(_ name: Section.Name) -> Section {
        switch name {
        case .root: root
        case .realtime: realtime
        case .simulation: simulation
        case .simulationEvent: simulationEvent
        case .device: device
        case .sensor: sensor
        case .actuator: actuator
        case .loop: loop
        case .loopProfile: loopProfile
        case .loopPID: loopPID
        case .loopLearned: loopLearned
        case .loopSupervisor: loopSupervisor
        case .loopResume: loopResume
        case .loopStuck: loopStuck
        case .loopUnresponsive: loopUnresponsive
        case .loopUncommanded: loopUncommanded
        case .loopRedundant: loopRedundant
        case .loopCascade: loopCascade
        case .loopFeedForward: loopFeedForward
        case .loopProcess: loopProcess
        case .interlock: interlock
        case .record: record
        case .control: control
        }
    }

    private static let root = Section(
        name: .root, form: .table, presence: "",
        meaning: "What holds for the whole program; these keys stand before the first table.",
        options: [
            OptionEntry(
                "schema", .integer(1...1), example: "1",
                "Version of this schema; it changes when the meaning of a key changes."),
            OptionEntry(
                "name", .name, example: "\"oven\"", "Name of the plant, used in file names."),
            OptionEntry(
                "period_ms", .integer(1...60000), example: "1000",
                "Time from one tick to the next."),
            OptionEntry(
                "overrun", .choice(OverrunPolicy.allCases.map(\.rawValue)),
                .defaulted(.text("skip")), example: "\"skip\"",
                "What happens when a tick overruns its period: `skip` counts the missed periods and "
                    + "goes on, `hold` repeats the last command for one tick, `safe` drives the "
                    + "safe state after `overrun_limit` overruns in a row."),
            OptionEntry(
                "overrun_limit", .integer(1...64), .defaulted(.integer(5)), example: "5",
                "Overruns that drive the safe state under `overrun = \"safe\"`."),
            OptionEntry(
                "overrun_window", .integer(1...64), .optional("overrun_limit: overruns in a row"),
                example: "20", "Among how many of the last ticks they are counted."),
        ])

    private static let record = Section(
        name: .record, form: .table, presence: "optional; without it nothing is recorded",
        meaning: "The record of ticks that `flyball replay` computes again.",
        options: [
            OptionEntry(
                "directory", .path, .defaulted(.text("records")), example: "\"records\"",
                "Where record files go; a relative path starts at the directory of this file."),
            OptionEntry(
                "max_file_mb", .integer(1...4096), .defaulted(.integer(64)), example: "64",
                "Size in MiB at which the next file is begun."),
            OptionEntry(
                "every", .integer(1...10000), .defaulted(.integer(1)), example: "1",
                "Every how many ticks one is recorded; replay needs 1."),
        ])

    private static let control = Section(
        name: .control, form: .table, presence: "optional; without it nobody can ask the daemon",
        meaning: "The socket of `flyball status`, `set`, `mode`, `inject`, `reload` and "
            + "`tune --on-daemon`. Its owner and group may use it.",
        options: [
            OptionEntry(
                "socket", .path,
                .optional("`$RUNTIME_DIRECTORY/NAME.sock`, else `/run/flyball/NAME.sock`"),
                example: "\"/run/flyball/oven.sock\"",
                "Path of the socket, at most 107 bytes; a relative one starts at the directory of "
                    + "this file."),
            OptionEntry(
                "allow_inject", .boolean, .defaulted(.boolean(false)), example: "false",
                "Whether `flyball inject` may put faults on for practice."),
        ])
}
