extension PlantKind {
    /// What the plant is, in one line.
    package var summary: String {
        switch self {
        case .fopdt: "first order plus dead time"
        case .lag: "equal lags in series, 1 / (T s + 1)^n"
        case .underdamped: "second order that rings, 1 / (T^2 s^2 + 2 d T s + 1)"
        case .integrator: "integrator behind a lag and a dead time"
        case .inverseResponse: "starts the wrong way, (1 - a s) / (T s + 1)^n"
        case .tclab: "Temperature Control Lab: two coupled heaters with lagging sensors"
        case .heater: "one heater that loses heat by convection and radiation"
        case .motor: "DC motor with Coulomb friction: voltage to speed"
        case .tank: "tank with a slow valve and a square-root outflow"
        case .quadrupleTank: "four coupled tanks with two pumps (Johansson 2000)"
        case .cstr: "stirred reactor with an exothermic reaction, cooled by a jacket"
        case .jacket: "stirred vessel in a heated jacket, with a cold feed that is measured"
        }
    }

    /// What the plant can be given.
    package var parameters: [PlantParameter] {
        switch self {
        case .fopdt: FopdtParameters.all
        case .lag: LagParameters.all
        case .underdamped: UnderdampedParameters.all
        case .integrator: IntegratorParameters.all
        case .inverseResponse: InverseResponseParameters.all
        case .tclab: TclabParameters.all
        case .heater: HeaterParameters.all
        case .motor: MotorParameters.all
        case .tank: TankParameters.all
        case .quadrupleTank: QuadrupleTankParameters.all
        case .cstr: CstrParameters.all
        case .jacket: JacketParameters.all
        }
    }
}
