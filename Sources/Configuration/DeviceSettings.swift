/// A piece of hardware or the simulated plant.
package struct DeviceSettings: Equatable, Sendable {
    package var name: String
    package var driver: Driver
}
