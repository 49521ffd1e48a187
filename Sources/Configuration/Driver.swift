/// What speaks to a device, with the keys that only this driver has.
package enum Driver: Equatable, Sendable {
    /// The serial Temperature Control Lab.
    case tclab(path: Located<String>, deadlineMilliseconds: Int)
    /// The plant of `Settings.simulation`, which is there when a device has this driver.
    case simulated
}
