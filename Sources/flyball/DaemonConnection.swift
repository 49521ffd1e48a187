import ArgumentParser
import ControlSocket
import Glibc

/// Requests to a running daemon, with the exit status that each failure stands for.
struct DaemonConnection {
    private let connection: SocketConnection
    /// A daemon answers when a tick has obeyed, and a period may be a minute.
    private static let patienceSeconds = 130.0

    init(_ connection: SocketConnection) {
        self.connection = connection
    }

    /// The answer; a refusal ends the command with status 1.
    func ask(_ request: ControlRequest) throws -> ControlAnswer {
        let answer: ControlAnswer
        do throws(SocketFault) {
            let line = try connection.ask(
                try ControlCoding.line(request), withinSeconds: Self.patienceSeconds)
            answer = try ControlCoding.answer(line)
        } catch {
            throw Self.fail(error)
        }
        guard answer.ok else {
            throw Console.fail(.failed, answer.error ?? "the daemon refused without a reason")
        }
        return answer
    }

    static func fail(_ error: SocketFault) -> ExitCode {
        switch error {
        case .cannotConnect(_, EACCES): Console.fail(.notPermitted, error.description)
        case .malformed(let reason): Console.fail(.usage, reason)
        case .cannotListen, .cannotConnect, .noAnswer, .closed:
            Console.fail(.absent, error.description)
        }
    }
}
