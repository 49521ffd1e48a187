/// The daemon's answer to one request: one JSON object on one line.
package struct ControlAnswer: Codable, Equatable, Sendable {
    package var ok: Bool
    /// Why not; nothing was changed then.
    package var error: String?
    /// `status`.
    package var status: DaemonStatus?
    /// The tick in which a change was in force.
    package var tick: UInt64?
    /// `experiment`: its number.
    package var number: UInt32?
    package var progress: ExperimentProgress?
    /// `reload`: what has changed.
    package var reload: ReloadReport?

    package init(ok: Bool) {
        self.ok = ok
    }

    package static func refused(_ reason: String) -> ControlAnswer {
        var answer = ControlAnswer(ok: false)
        answer.error = reason
        return answer
    }
}
