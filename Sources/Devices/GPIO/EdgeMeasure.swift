/// What is made of the edges of a line.
package enum EdgeMeasure: Equatable, Sendable {
    /// Edges to active in a second.
    case frequency
    /// Seconds from one edge to active to the next.
    case period
    /// Edges to active since the start.
    case count
    /// Quarter steps of a two-phase encoder since the start, forwards and back.
    case quadrature
}
