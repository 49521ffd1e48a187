/// How a level is written. The number written is the level times `scale`, plus `offset`.
package struct RegisterOutputSettings: Equatable, Sendable {
    package var register: RegisterSettings
    package var scale: Double
    package var offset: Double
}
