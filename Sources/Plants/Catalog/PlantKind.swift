/// The plants that configuration and the tool know, under the names they use.
package enum PlantKind: String, CaseIterable, Sendable {
    case fopdt
    case lag
    case underdamped
    case integrator
    case inverseResponse = "inverse-response"
    case tclab
    case heater
    case motor
    case tank
    case quadrupleTank = "quadruple-tank"
    case cstr
    case jacket
}
