import CRealtime

/// Whether a descriptor leads to the journal, as systemd.exec(5) says of JOURNAL_STREAM: a program
/// that has sent its output elsewhere must not take the variable's word for it.
package enum JournalStream {
    /// - Parameter variable: JOURNAL_STREAM of the environment, "DEVICE:INODE".
    package static func leads(_ descriptor: Int32, variable: String?) -> Bool {
        let parts = (variable ?? "").split(separator: ":").map { UInt64($0) }
        var device: UInt64 = 0
        var inode: UInt64 = 0
        guard parts.count == 2,
            unsafe flyball_rt_identity(descriptor, &device, &inode) == 0
        else { return false }
        return parts[0] == device && parts[1] == inode
    }
}
