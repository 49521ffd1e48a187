import CRealtime

/// Page faults of one thread since its start.
package struct PageFaults: BitwiseCopyable, Equatable, Sendable, Codable {
    /// Served from memory: microseconds.
    package var minor: UInt64
    /// Served from a device: milliseconds. A locked process has none.
    package var major: UInt64

    package init(minor: UInt64, major: UInt64) {
        self.minor = minor
        self.major = major
    }

    /// The faults of the calling thread; nothing when the kernel does not count them.
    package static func ofCurrentThread() -> PageFaults? {
        var faults = PageFaults(minor: 0, major: 0)
        let status = unsafe flyball_rt_page_faults(&faults.minor, &faults.major)
        return status == 0 ? faults : nil
    }

    /// Those that came after an earlier count.
    package func since(_ earlier: PageFaults) -> PageFaults {
        PageFaults(minor: minor &- earlier.minor, major: major &- earlier.major)
    }
}
