import CRealtime

/// How long a thread has computed.
package enum ThreadTime {
    /// Of the calling thread since its start; 0 when the kernel does not say.
    package static var nanosecondsOfCurrentThread: UInt64 {
        var nanoseconds: UInt64 = 0
        return unsafe flyball_rt_thread_cpu(&nanoseconds) == 0 ? nanoseconds : 0
    }
}
