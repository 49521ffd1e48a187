import Glibc

/// A pseudo-terminal: the test holds the master, the code under test opens the slave.
///
/// Safe: its only pointers are to local buffers for the length of a call.
package final class PseudoTerminal {
    package struct Failed: Error {
        package var errno: Int32
    }

    package private(set) var master: Int32
    package let slavePath: String

    package init() throws(Failed) {
        master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard master >= 0 else { throw Failed(errno: errno) }
        // Unlock the slave and ask for its number: TIOCSPTLCK and TIOCGPTN of asm-generic/ioctls.h.
        var locked: Int32 = 0
        var number: Int32 = 0
        let unlocked = unsafe ioctl(master, 0x4004_5431, &locked)
        let named = unsafe ioctl(master, 0x8004_5430, &number)
        guard unlocked == 0, named == 0 else {
            let reason = errno
            close(master)
            throw Failed(errno: reason)
        }
        slavePath = "/dev/pts/\(number)"
    }

    deinit { hangUp() }

    /// What the line sees when its cable is pulled.
    package func hangUp() {
        if master >= 0 { close(master) }
        master = -1
    }

    /// Writes to the slave's input and returns how many bytes were taken.
    package func send(_ bytes: [UInt8]) -> Int { unsafe write(master, bytes, bytes.count) }

    /// What the slave has written, as far as it has arrived.
    package func receive() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = unsafe read(master, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }
}
