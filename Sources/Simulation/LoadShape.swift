/// The course of a load, in the unit of the input, from the start of its disturbance.
package enum LoadShape: Equatable, Sendable {
    case step(Double)
    /// Grows from 0 to the value in the given time, then stays.
    case ramp(to: Double, overSeconds: Double)
    case sine(amplitude: Double, periodSeconds: Double)
    /// A random walk with this deviation of one second's steps, kept within the bound.
    case walk(deviationPerRootSecond: Double, bound: Double)
}
