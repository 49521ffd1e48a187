import Glibc
import Realtime

/// When something was, by every clock that this machine has: which boot, how long after it, and
/// the date, with whether anything vouches for that.
package struct ClockEvidence: Codable, Equatable, Sendable {
    /// Another one after every boot; empty when the system does not say.
    package var bootIdentifier: String
    /// Since the boot, time asleep included. It never goes back within a boot.
    package var bootNanoseconds: UInt64
    /// Since 1970 UTC.
    package var unixNanoseconds: UInt64
    /// Whether a time server vouches for the date: a board without a battery begins each boot at
    /// some date of the past.
    package var isSynchronized: Bool

    package enum CodingKeys: String, CodingKey {
        case bootIdentifier = "boot_id"
        case bootNanoseconds = "boot_ns"
        case unixNanoseconds = "unix_ns"
        case isSynchronized = "synchronized"
    }

    package init(
        bootIdentifier: String, bootNanoseconds: UInt64, unixNanoseconds: UInt64,
        isSynchronized: Bool
    ) {
        self.bootIdentifier = bootIdentifier
        self.bootNanoseconds = bootNanoseconds
        self.unixNanoseconds = unixNanoseconds
        self.isSynchronized = isSynchronized
    }

    package static func now() -> ClockEvidence {
        ClockEvidence(
            bootIdentifier: bootNow,
            bootNanoseconds: nanoseconds(CLOCK_BOOTTIME),
            unixNanoseconds: nanoseconds(CLOCK_REALTIME), isSynchronized: isVouchedFor)
    }

    /// A line of 36 characters; a file of the kernel's has no size, so that it is read as it comes.
    private static var bootNow: String {
        let file = unsafe open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = unsafe read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)).prefix { $0 > 32 }, as: UTF8.self)
    }

    private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        guard unsafe clock_gettime(clock, &time) == 0 else { return 0 }
        return UInt64(max(0, time.tv_sec)) * 1_000_000_000 + UInt64(max(0, time.tv_nsec))
    }

    /// The kernel's word; where a service may not ask for it (`ProtectClock=`), the mark that
    /// systemd-timesyncd leaves in each boot.
    private static var isVouchedFor: Bool {
        CalendarClock.isSynchronized
            || SafeFile.exists("/run/systemd/timesync/synchronized")
    }

    /// How long before `now` this was, in seconds, or why nobody can tell.
    package func age(at now: ClockEvidence) -> ResumeAge {
        if !bootIdentifier.isEmpty, bootIdentifier == now.bootIdentifier {
            guard now.bootNanoseconds >= bootNanoseconds else {
                return .doubtful("it is from later in this boot than now")
            }
            return .seconds(Double(now.bootNanoseconds - bootNanoseconds) * 1e-9)
        }
        guard isSynchronized else {
            return .doubtful("no time server vouched for the clock when it was written")
        }
        guard now.isSynchronized else {
            return .doubtful(
                "it is from before this boot, and no time server vouches for the date")
        }
        guard now.unixNanoseconds >= unixNanoseconds else {
            return .doubtful("it is dated later than now")
        }
        let age = now.unixNanoseconds - unixNanoseconds
        // It was written before this boot began; half a second for what the clocks differ by.
        guard age + 500_000_000 >= now.bootNanoseconds else {
            return .doubtful("it is dated after the boot, and is from before")
        }
        return .seconds(Double(age) * 1e-9)
    }
}
