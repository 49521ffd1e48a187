/// Tells the service manager what the daemon is doing, as sd_notify(3) does; without one it does
/// nothing.
///
/// The watchdog is fed from the progress of ticks only: a daemon whose loops stand still is ended,
/// although all its other threads are well.
package struct ServiceNotifier: Sendable {
    private let socket: DatagramSocket?
    /// How long the service manager waits for a sign of life; nil when it does not.
    package let watchdogMicroseconds: UInt64?
    private var fedTicks: UInt64 = 0
    private var nextFeed: UInt64 = 0

    /// - Parameters:
    ///   - socketPath: NOTIFY_SOCKET of the environment.
    ///   - watchdog: WATCHDOG_USEC of the environment.
    ///   - periodNanoseconds: of the slowest loop, which is how often there is progress to tell of.
    package init(socketPath: String?, watchdog: String?, periodNanoseconds: UInt64) {
        socket = socketPath.flatMap { DatagramSocket(path: $0) }
        guard let given = watchdog.flatMap({ UInt64($0) }), given > 0 else {
            watchdogMicroseconds = nil
            return
        }
        // Three periods: one is always under way, and one may be missed.
        let least = periodNanoseconds / 1_000 * 3
        watchdogMicroseconds = max(given, least)
        if least > given { send("WATCHDOG_USEC=\(least)") }
    }

    /// The loops run.
    package func ready() { send("READY=1\nSTATUS=running") }

    /// The configuration is being read again; `ready` tells the end of it.
    ///
    /// - Parameter now: of CLOCK_MONOTONIC, which systemd compares with the time of its own order.
    package func reloading(nowMicroseconds now: UInt64) {
        send("RELOADING=1\nMONOTONIC_USEC=\(now)\nSTATUS=reading the configuration again")
    }

    /// The outputs are being turned off.
    package func stopping() { send("STOPPING=1\nSTATUS=turning the outputs off") }

    /// Feeds the watchdog when ticks have been made since the last time.
    package mutating func feed(ticks: UInt64, nowNanoseconds now: UInt64) {
        guard let watchdogMicroseconds, ticks != fedTicks, now >= nextFeed else { return }
        fedTicks = ticks
        // Four times in each interval, at most.
        nextFeed = now + watchdogMicroseconds * 1_000 / 4
        send("WATCHDOG=1")
    }

    private func send(_ text: String) { socket?.send(Array(text.utf8)) }
}
