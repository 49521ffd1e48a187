import Assembly
import Configuration
import ControlSocket
import Realtime

/// The thread that answers the control socket, if the configuration wants one: the loops run with
/// or without it.
struct OperatorSide: ~Copyable {
    private let thread: RealtimeThread?
    private let stop: StopFlag

    /// The socket that the configuration asks for; why there is none is said.
    static func server(_ settings: Settings) -> SocketServer? {
        guard let path = settings.controlSocketPath else { return nil }
        do throws(SocketFault) {
            return try SocketServer(path: path)
        } catch {
            Log.write(.error, "control: \(error): nobody can ask this daemon")
            return nil
        }
    }

    init(
        _ server: SocketServer?, _ requests: consuming SampleRingProducer<LoopRequest>,
        _ statuses: consuming SampleRingConsumer<LoopStatus>, _ desk: OperatorDesk,
        _ running: RunningConfiguration
    ) {
        let stop = StopFlag()
        self.stop = stop
        guard let server else {
            thread = nil
            return
        }
        do throws(ThreadFault) {
            thread = try RealtimeThread(
                ThreadPolicy(name: "operator", priority: 0, locksMemory: false),
                context: OperatorThread(
                    server: server, desk: desk, requests: requests, statuses: statuses,
                    stop: stop, running: running)
            ) { context in
                var context = context
                context.run()
            }
        } catch {
            server.close()
            Log.write(.error, "control: \(error): nobody can ask this daemon")
            thread = nil
        }
    }

    /// Answers nobody any more; the thread is waited for when this goes out of scope.
    func end() { stop.raise() }

    func hasEnded(byNanoseconds deadline: UInt64) -> Bool {
        switch thread {
        case .none: true
        case .some(let thread): thread.hasEnded(byNanoseconds: deadline)
        }
    }

    deinit { stop.raise() }
}
