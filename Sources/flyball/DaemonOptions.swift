import ArgumentParser
import Assembly
import Configuration
import ControlSocket
import FoundationEssentials

/// Which running daemon a command asks.
struct DaemonOptions: ParsableArguments {
    @Option(help: "Path of the daemon's socket.")
    var socket: String?

    @Option(help: "Configuration that the daemon runs; it says where the socket is.")
    var config: String?

    func validate() throws {
        if socket != nil, config != nil {
            throw ValidationError("--socket and --config exclude each other")
        }
    }

    /// - Parameter given: a configuration from elsewhere on the command line.
    func connect(_ given: String? = nil) throws -> DaemonConnection {
        try Self.connect(socket: socket, config: config ?? given)
    }

    static func connect(socket: String?, config: String?) throws -> DaemonConnection {
        do throws(SocketFault) {
            return DaemonConnection(
                try SocketConnection(path: try path(socket: socket, config: config)))
        } catch {
            throw DaemonConnection.fail(error)
        }
    }

    private static func path(socket: String?, config: String?) throws(SocketFault) -> String {
        if let socket { return socket }
        guard let config else { return try onlySocket() }
        do {
            let settings = try Configuration.load(path: config)
            guard let path = settings.controlSocketPath else {
                throw SocketFault.malformed("\(config) has no [control]: its daemon has no socket")
            }
            return path
        } catch let error as SocketFault {
            throw error
        } catch {
            throw .malformed("\(error)")
        }
    }

    /// The one socket in the directory where daemons have theirs.
    private static func onlySocket() throws(SocketFault) -> String {
        let directory = SocketPath.standard(name: "x").parentPath
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let sockets = names.filter { $0.hasSuffix(".sock") }.sorted()
        guard sockets.count == 1 else {
            let found = sockets.isEmpty ? "no socket" : sockets.joined(separator: ", ")
            throw .malformed("\(found) in \(directory): say which with --socket or --config")
        }
        return "\(directory)/\(sockets[0])"
    }
}
