package import Configuration
package import Control

/// What is said of a feed-forward whose state has changed.
package enum FeedForwardText {
    /// - Parameter last: the state before; `nil` at the start.
    /// - Returns: nothing when there is nothing to say.
    package static func text(
        _ record: TickRecord, after last: FeedForwardState?, _ settings: Settings
    ) -> String? {
        let index = Int(record.loop)
        guard index < settings.loops.count, let feed = settings.loops[index].feedForward,
            let state = FeedForwardState(rawValue: record.feedForwardState)
        else { return nil }
        let sensor = settings.sensors[feed.sensor.index].name
        let fault = SensorFault(rawValue: record.feedFault).map { "\($0)" } ?? "implausible"
        switch state {
        case .off: return nil
        case .holds: return "feed-forward from \(sensor) lost (\(fault)): it holds what it added"
        case .fades:
            return "feed-forward from \(sensor) lost (\(fault)): what it added fades"
        case .acts, .returns:
            let wasLost = last == .holds || last == .fades
            return wasLost ? "feed-forward follows \(sensor) again" : nil
        }
    }
}
