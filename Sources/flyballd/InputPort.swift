import Control

/// The port of an input that is no loop's own sensor: a second sensor, one of a feed-forward, an
/// interlock.
///
/// A class, since arrays and optionals hold no noncopyable values; made at set-up, then touched by the
/// control thread alone.
final class InputPort {
    private var port: SensorPort

    init(_ port: consuming SensorPort) {
        self.port = port
    }

    func readCheck(into input: inout TickInput) {
        input.readCheck(of: &port)
    }

    func readFeed(into input: inout TickInput) {
        input.readFeed(of: &port)
    }

    /// The newest reading; `nil` when there is none.
    func read() -> Reading? {
        do throws(SensorFault) {
            return try port.read()
        } catch {
            return nil
        }
    }
}
