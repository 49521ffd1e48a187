import CControlSocket
import Glibc

/// Where the control socket of a plant is when the configuration does not say.
package enum SocketPath {
    /// The longest path that a socket can have, in bytes.
    package static let byteLimit = Int(FLYBALL_CS_PATH_LIMIT)

    /// `$RUNTIME_DIRECTORY/NAME.sock`, as systemd gives it to a service, else
    /// `/run/flyball/NAME.sock`, which is the same for a service named flyball.
    package static func standard(name: String) -> String {
        let given = unsafe getenv("RUNTIME_DIRECTORY").map { unsafe String(cString: $0) } ?? ""
        let first = given.split(separator: ":").first.map(String.init)
        return "\(first ?? "/run/flyball")/\(name).sock"
    }
}
