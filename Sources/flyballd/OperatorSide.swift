import Assembly
import Configuration
import ControlSocket
import Realtime

/// What answers the control socket, if the configuration wants one.
enum OperatorSide {
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

    static func thread(
        _ server: SocketServer?, _ requests: consuming SampleRingProducer<LoopRequest>,
        _ statuses: consuming SampleRingConsumer<LoopStatus>, _ desk: OperatorDesk,
        _ running: RunningConfiguration, _ board: TimingBoard
    ) -> SideThread {
        var side = SideThread()
        guard let server else { return side }
        do throws(ThreadFault) {
            try side.start(
                "operator",
                OperatorThread(
                    server: server, desk: desk, requests: requests, statuses: statuses,
                    stop: side.stop, running: running, board: board)
            ) { context in
                var context = context
                context.run()
            }
        } catch {
            server.close()
            Log.write(.error, "control: \(error): nobody can ask this daemon")
        }
        return side
    }
}
