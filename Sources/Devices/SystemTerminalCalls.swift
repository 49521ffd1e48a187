import CRealtime
import Glibc
import Realtime

/// The kernel's calls.
package struct SystemTerminalCalls: TerminalCalls {
    private let lastWords: [UInt8]

    /// - Parameter lastWords: what a crash of the process sends on an open line, to turn its outputs
    ///   off.
    package init(lastWords: [UInt8] = TCLabSafe.lastWords) { self.lastWords = lastWords }

    package var nowNanoseconds: UInt64 { MonotonicClock.nowNanoseconds }

    package func open(_ path: String, baud: UInt32) throws(CallFault) -> Int32 {
        var descriptor: Int32 = -1
        try check(unsafe flyball_rt_serial_open(path, baud, true, &descriptor))
        if !lastWords.isEmpty {
            _ = unsafe flyball_rt_last_words_arm(descriptor, lastWords, UInt32(lastWords.count))
        }
        return descriptor
    }

    package func close(_ descriptor: Int32) {
        flyball_rt_last_words_disarm(descriptor)
        // The descriptor is gone whatever the kernel says.
        _ = flyball_rt_close(descriptor)
    }

    package func flush(_ descriptor: Int32) throws(CallFault) {
        try check(flyball_rt_serial_flush(descriptor))
    }

    package func read(_ descriptor: Int32, into chunk: inout SerialChunk) throws(CallFault) {
        try chunk.fill { (span) throws(CallFault) in
            var count: UInt32 = 0
            let status = unsafe span.withUnsafeMutableBytes { bytes in
                unsafe flyball_rt_read(
                    descriptor, bytes.baseAddress, UInt32(bytes.count), &count)
            }
            try check(status)
            return Int(count)
        }
    }

    package func write(_ descriptor: Int32, _ bytes: Span<UInt8>) throws(CallFault) -> Int {
        var count: UInt32 = 0
        let status = unsafe bytes.withUnsafeBytes { bytes in
            unsafe flyball_rt_write(descriptor, bytes.baseAddress, UInt32(bytes.count), &count)
        }
        try check(status)
        return Int(count)
    }

    package func wait(
        _ descriptor: Int32, for interest: TerminalInterest, untilNanoseconds deadline: UInt64
    ) throws(CallFault) -> Bool {
        let wanted = interest == .readable ? FLYBALL_RT_READABLE : FLYBALL_RT_WRITABLE
        var ready: UInt32 = 0
        let status = unsafe flyball_rt_poll(descriptor, wanted, deadline, &ready)
        if status == -ETIMEDOUT { return false }
        try check(status)
        // What arrived before the hang-up is read first.
        guard ready & wanted != 0 || ready & FLYBALL_RT_BROKEN == 0 else {
            throw CallFault(errno: EIO)
        }
        return ready & wanted != 0
    }

    package func sleep(untilNanoseconds deadline: UInt64) {
        MonotonicClock.sleep(untilNanoseconds: deadline)
    }

    private func check(_ status: Int32) throws(CallFault) {
        guard status == 0 else { throw CallFault(errno: -status) }
    }
}
