import Glibc
import Service
import Testing

@Suite("The service manager")
struct ServiceNotifierTests {
    /// In microseconds.
    static let watchdog = "2000000"

    @Test(
        "hears of the start and the end, on a path and on an abstract name",
        arguments: [false, true])
    func startAndEnd(isAbstract: Bool) throws {
        let receiver = try #require(
            isAbstract ? Receiver(path: "@flyball-\(getpid())") : Receiver())
        let notifier = ServiceNotifier(
            socketPath: receiver.path, watchdog: nil, periodNanoseconds: 1_000_000)
        notifier.ready()
        #expect(receiver.nextText == "READY=1\nSTATUS=running")
        notifier.stopping()
        #expect(receiver.nextText?.hasPrefix("STOPPING=1\n") == true)
        #expect(notifier.watchdogMicroseconds == nil)
    }

    @Test("hears of a reload with the time of its beginning")
    func reload() throws {
        let receiver = try #require(Receiver())
        let notifier = ServiceNotifier(
            socketPath: receiver.path, watchdog: nil, periodNanoseconds: 1_000_000)
        notifier.reloading(nowMicroseconds: 123_456)
        #expect(receiver.nextText?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=123456\n") == true)
    }

    @Test("is fed from the progress of ticks only, four times in an interval at most")
    func watchdogFromProgress() throws {
        let receiver = try #require(Receiver())
        var notifier = ServiceNotifier(
            socketPath: receiver.path, watchdog: Self.watchdog, periodNanoseconds: 1_000_000)
        notifier.feed(ticks: 0, nowNanoseconds: 1_000_000_000)
        #expect(receiver.next() == nil, "no tick, no sign of life")
        notifier.feed(ticks: 1, nowNanoseconds: 1_000_000_000)
        #expect(receiver.nextText == "WATCHDOG=1")
        notifier.feed(ticks: 2, nowNanoseconds: 1_499_999_999)
        #expect(receiver.next() == nil, "before a quarter of the interval")
        notifier.feed(ticks: 2, nowNanoseconds: 1_500_000_000)
        #expect(receiver.nextText == "WATCHDOG=1")
        for later in 1...20 as ClosedRange<UInt64> {
            notifier.feed(ticks: 2, nowNanoseconds: 1_500_000_000 + later * 1_000_000_000)
        }
        #expect(receiver.next() == nil, "the loops stand still")
    }

    @Test("waits longer for a slow loop: three periods")
    func slowLoop() throws {
        let receiver = try #require(Receiver())
        let notifier = ServiceNotifier(
            socketPath: receiver.path, watchdog: Self.watchdog, periodNanoseconds: 60_000_000_000)
        #expect(receiver.nextText == "WATCHDOG_USEC=180000000")
        #expect(notifier.watchdogMicroseconds == 180_000_000)
    }

    @Test(
        "a watchdog that is no number, or none, is none",
        arguments: [nil, "", "0", "-1", "two"] as [String?])
    func noWatchdog(watchdog: String?) throws {
        let receiver = try #require(Receiver())
        var notifier = ServiceNotifier(
            socketPath: receiver.path, watchdog: watchdog, periodNanoseconds: 1_000_000)
        notifier.feed(ticks: 5, nowNanoseconds: 1_000_000_000)
        #expect(receiver.next() == nil)
    }

    @Test(
        "a manager that is not there, or whose name cannot be, is nobody",
        arguments: [
            "/nowhere/notify", "", String(repeating: "x", count: 200),
        ])
    func nobody(path: String) {
        var notifier = ServiceNotifier(
            socketPath: path, watchdog: Self.watchdog, periodNanoseconds: 1_000_000)
        notifier.ready()
        notifier.feed(ticks: 1, nowNanoseconds: 1_000_000_000)
        #expect(DatagramSocket(path: path) == nil)
    }
}
