import CRealtime
import Glibc

/// The system that the program runs on.
package struct SystemRealtimeCalls: RealtimeCalls {
    /// Enough for every file that a preflight reads.
    private static let longestFileBytes = 65_536

    package init() {}

    package func text(at path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while bytes.count < Self.longestFileBytes {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        if bytes.last == 0x0A { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    package func names(in directory: String) -> [String] {
        (try? DirectoryNames.read(directory)) ?? []
    }

    package func trial(of scheduling: Scheduling) -> Int32 {
        trial(
            ThreadPolicy(
                name: "trial", scheduling: scheduling,
                stackBytes: ThreadPolicy.stackRangeBytes.lowerBound, locksMemory: false))
    }

    package func trial(of processors: ProcessorSet) -> Int32 {
        trial(
            ThreadPolicy(
                name: "trial", scheduling: .ordinary, processors: processors,
                stackBytes: ThreadPolicy.stackRangeBytes.lowerBound, locksMemory: false))
    }

    private func trial(_ policy: ThreadPolicy) -> Int32 {
        guard let thread = try? RealtimeThread(policy, body: {}) else { return EAGAIN }
        guard let refusal = thread.refusals.first else { return 0 }
        switch refusal {
        case .realtimePriority(let code), .deadline(let code), .processors(let code),
            .lockMemory(let code), .keepHeap(let code), .idleLatency(let code):
            return code
        }
    }

    package func idleLatencyPermission() -> Int32 {
        unsafe access(IdleLatency.path, W_OK) == 0 ? 0 : errno
    }

    package func priorityLimit() -> UInt64 {
        var limit: UInt64 = 0
        return unsafe flyball_rt_priority_limit(&limit) == 0 ? limit : 0
    }

    package func memoryLockLimit() -> UInt64 {
        var limit: UInt64 = 0
        return unsafe flyball_rt_memory_lock_limit(&limit) == 0 ? limit : 0
    }
}
