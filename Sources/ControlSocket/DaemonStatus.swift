package import Realtime

/// The daemon and its loops as they were in their last tick.
package struct DaemonStatus: Codable, Equatable, Sendable {
    package var name: String
    package var configuration: String
    package var processID: Int32
    package var periodSeconds: Double
    /// Of real time, when the plant is simulated; 1 on hardware.
    package var speed: Double
    package var allowsInject: Bool
    package var loops: [LoopReportedStatus]
    /// Of the control thread's ticks since the start, a second ago at most.
    package var timing: TimingSnapshot?

    package enum CodingKeys: String, CodingKey {
        case name, configuration, speed, loops, timing
        case processID = "pid"
        case periodSeconds = "period_s"
        case allowsInject = "allow_inject"
    }

    package init(
        name: String, configuration: String, processID: Int32, periodSeconds: Double,
        speed: Double, allowsInject: Bool, loops: [LoopReportedStatus]
    ) {
        self.name = name
        self.configuration = configuration
        self.processID = processID
        self.periodSeconds = periodSeconds
        self.speed = speed
        self.allowsInject = allowsInject
        self.loops = loops
    }
}
