/// What is fitted to a recording.
package enum ModelStructure: String, CaseIterable, Sendable {
    case firstOrder
    case secondOrder
    case integrating
    case integratingWithLag

    /// As it is printed.
    package var title: String {
        switch self {
        case .firstOrder: "first order + dead time"
        case .secondOrder: "second order + dead time"
        case .integrating: "integrator + dead time"
        case .integratingWithLag: "integrator + lag + dead time"
        }
    }

    package var isIntegrating: Bool { self == .integrating || self == .integratingWithLag }

    var lagCount: Int {
        switch self {
        case .firstOrder, .integratingWithLag: 1
        case .secondOrder: 2
        case .integrating: 0
        }
    }
}
