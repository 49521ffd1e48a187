import Realtime

extension ThreadPolicy {
    /// What every user may have.
    static let test = ThreadPolicy(name: "test", priority: 0, locksMemory: false)
}
