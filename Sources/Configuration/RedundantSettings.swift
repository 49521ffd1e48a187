/// A second sensor of what a loop controls, and how far the two may be apart.
package struct RedundantSettings: Equatable, Sendable {
    package var sensor: Reference
    package var disagreement: Double
    package var seconds: Double
}
