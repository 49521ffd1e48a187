/// The calls for the small files of sysfs: those of the kernel, or of a test that records them and
/// makes any of them fail.
///
/// A read may take as long as the sensor behind the file needs.
package protocol FileCalls: Sendable {
    /// The text of a file, at most 4096 bytes, without the line end behind it.
    func read(_ path: String) throws(CallFault) -> String

    func write(_ path: String, _ text: String) throws(CallFault)

    /// The names in a directory, sorted.
    func list(_ directory: String) throws(CallFault) -> [String]

    /// Keeps a file for this process: EBUSY when another one has it.
    func hold(_ path: String) throws(CallFault) -> Int32

    func release(_ descriptor: Int32)

    /// Opens what gives records, a device or a pipe.
    func openStream(_ path: String) throws(CallFault) -> Int32

    /// What has come since, at most so many bytes; nothing when nothing has. Never waits.
    func readStream(_ descriptor: Int32, limit: Int) throws(CallFault) -> [UInt8]

    /// Keeps a file open that gets this text when the process crashes.
    func arm(_ path: String, _ text: String) throws(CallFault) -> Int32

    func disarm(_ descriptor: Int32)
}

extension FileCalls {
    /// As `read`, but nothing when there is no such file.
    func readIfThere(_ path: String) throws(CallFault) -> String? {
        do {
            return try read(path)
        } catch {
            guard error.isAbsence else { throw error }
            return nil
        }
    }
}
