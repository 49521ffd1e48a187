extension PlantFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownPlant(let found, let allowed):
            "unknown plant '\(found)'; allowed: \(allowed.joined(separator: ", "))"
        case .unknownParameter(let plant, let found, let allowed):
            "plant '\(plant)' has no parameter '\(found)'; allowed: "
                + allowed.joined(separator: ", ")
        case .parameterOutOfRange(let plant, let parameter, let found, let allowed):
            "parameter '\(parameter)' of plant '\(plant)' is \(found); allowed: "
                + "\(allowed.lowerBound) to \(allowed.upperBound)"
        case .parameterNotWhole(let plant, let parameter, let found):
            "parameter '\(parameter)' of plant '\(plant)' is \(found); allowed: whole numbers"
        case .unusableOrder(let found, let allowed):
            "a linear plant of order \(found); allowed: "
                + "\(allowed.lowerBound) to \(allowed.upperBound)"
        case .notPositive(let quantity, let found):
            "\(quantity) is \(found); allowed: positive, finite values"
        case .zeroWithoutSecondPole:
            "a zero on a plant of first order; allowed: a zero with two poles or more"
        case .unusablePeriod(let found, let allowed):
            "a period of \(found) s; allowed: \(allowed.lowerBound) s to \(allowed.upperBound) s"
        case .unusableDeadTime(let found, let allowed):
            "a dead time of \(found) s; allowed at this period: "
                + "\(allowed.lowerBound) s to \(allowed.upperBound) s"
        case .tooManySubsteps(let found, let limit):
            "one period takes \(found) integration steps; allowed: up to \(limit)"
        case .noEquilibrium:
            "no input holds the plant still; allowed: outputs at which it can rest"
        case .wrongCount(let quantity, let found, let expected):
            "\(found) \(quantity.rawValue); allowed: exactly \(expected)"
        }
    }
}
