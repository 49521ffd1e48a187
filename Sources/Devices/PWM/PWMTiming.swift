/// How long the PWM driver waits for what, in nanoseconds.
package enum PWMTiming {
    /// The files of an exported channel get their permissions from udev, a while after they appear.
    package static let permissionLimit: UInt64 = 2_000_000_000
    package static let permissionStep: UInt64 = 20_000_000
}
