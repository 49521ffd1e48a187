import CRealtime
import Glibc
import Realtime
import Synchronization

/// Text on its way to a descriptor that somebody may have stopped reading.
///
/// Before `decouple` a write waits, as that of any program. After it a thread of its own does the
/// waiting: a stopped terminal, a full pipe or a hung disk then keeps nobody else, and what does
/// not fit into the lane is dropped.
final class OutputLane: Sendable {
    /// What a lane holds: some hundred frames of the live view.
    private static let capacityBytes: UInt32 = 1 << 20

    private let descriptor: Int32
    /// The end of a pipe that takes text without waiting; -1 before `decouple` and after `finish`.
    private let entrance = Atomic<Int32>(-1)
    private let thread = Mutex<RealtimeThread?>(nil)

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// From now on nobody waits for the reader. Without the resources for it, writes go on waiting.
    func decouple() {
        var exit: Int32 = -1
        var entrance: Int32 = -1
        guard unsafe flyball_rt_pipe(Self.capacityBytes, &exit, &entrance) == 0 else { return }
        let descriptor = self.descriptor
        let policy = ThreadPolicy(
            name: "output", priority: 0, stackBytes: 131_072, locksMemory: false)
        do {
            try thread.withLock { [exit] thread throws(ThreadFault) in
                thread = try RealtimeThread(policy) {
                    Self.forward(from: exit, to: descriptor)
                }
            }
            self.entrance.store(entrance, ordering: .releasing)
        } catch {
            _ = close(exit)
            _ = close(entrance)
        }
    }

    func write(_ text: String) {
        let entrance = self.entrance.load(ordering: .acquiring)
        Self.write(Array(text.utf8)[...], to: entrance < 0 ? descriptor : entrance)
    }

    /// Lets out what is in the lane; whether all of it was taken in time. What is written later
    /// waits again.
    func finish(byNanoseconds deadline: UInt64) -> Bool {
        let entrance = self.entrance.exchange(-1, ordering: .acquiringAndReleasing)
        guard entrance >= 0 else { return true }
        _ = close(entrance)
        return thread.withLock { thread in
            switch thread {
            case .none: true
            case .some(let thread): thread.hasEnded(byNanoseconds: deadline)
            }
        }
    }

    private static func forward(from exit: Int32, to descriptor: Int32) {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe read(exit, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            write(bytes[..<count], to: descriptor)
        }
        _ = close(exit)
    }

    /// Writes all that is taken: nothing more once the reader is gone or, on the entrance, the lane
    /// is full.
    private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) {
        var rest = bytes
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { rest in
                unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if written == 0 || errno != EINTR {
                return
            }
        }
    }
}
