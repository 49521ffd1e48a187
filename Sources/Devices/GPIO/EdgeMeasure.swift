/// What is made of the edges of a line; raw values are what a configuration says.
package enum EdgeMeasure: String, CaseIterable, Sendable {
    /// Edges to active in a second.
    case frequency
    /// Seconds from one edge to active to the next.
    case period
    /// Edges to active since the start.
    case count
    /// Quarter steps of a two-phase encoder since the start, forwards and back.
    case quadrature
}
