package import Configuration
import ControlSocket

extension Settings {
    /// Where the control socket of this configuration is; nil when it wants none.
    package var controlSocketPath: String? {
        guard let control else { return nil }
        return control.socket.map { resolve($0.value) } ?? SocketPath.standard(name: name)
    }
}
