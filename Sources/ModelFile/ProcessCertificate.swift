/// The certificate of a model for processes of all kinds: what was found on each process that it was
/// scored on.
///
/// A loop's own process is seldom among them. The nearest one by what the law is told of a process
/// speaks for it, if it is near enough.
package struct ProcessCertificate: Codable, Equatable, Sendable {
    package var processes: [Entry]

    package struct Entry: Codable, Equatable, Sendable {
        package var name: String
        /// `ProcessCoordinates.shape`.
        package var shape: [Double]
        /// What did not keep its limit.
        package var failures: [String]
        /// Largest peak of the sensitivity about some operating points; absent where a loop did not
        /// come to rest.
        package var sensitivityPeak: Double?
        /// Mean cost over that of the better SIMC, by signal class.
        package var costOverSIMC: [String: Double]

        package init(
            name: String, shape: [Double], failures: [String], sensitivityPeak: Double?,
            costOverSIMC: [String: Double]
        ) {
            self.name = name
            self.shape = shape
            self.failures = failures
            self.sensitivityPeak = sensitivityPeak
            self.costOverSIMC = costOverSIMC
        }

        enum CodingKeys: String, CodingKey {
            case name, shape, failures
            case sensitivityPeak = "sensitivity_peak"
            case costOverSIMC = "cost_over_simc"
        }
    }

    /// As far as this from every process that it was scored on, a model is not certified: the steps
    /// between neighbours of the test batch are no longer.
    package static let reach = 0.35

    package init(processes: [Entry]) {
        self.processes = processes
    }

    /// `nil` where the text is no such certificate.
    package init?(json: String) {
        guard let found: ProcessCertificate = CertificateCoding.certificate(json) else {
            return nil
        }
        self = found
    }

    package func json() throws -> String {
        try CertificateCoding.text(self)
    }

    /// Processes on which every limit is kept.
    package var keptCount: Int { processes.filter(\.failures.isEmpty).count }

    package var summary: String { "holds on \(keptCount) of \(processes.count) processes" }

    /// What it says of one process: certificate text as `ModelDescription.verdict` reads it.
    package func narrowed(to coordinates: ProcessCoordinates) -> String {
        struct Narrowed: Encodable {
            var failures: [String]
            var process: String?
            var distance: Double?
        }
        var result = Narrowed(failures: [])
        let distances = processes.map { entry in
            (entry, Self.distance(entry.shape, coordinates.shape))
        }
        if let (nearest, distance) = distances.min(by: { $0.1 < $1.1 }) {
            result.process = nearest.name
            result.distance = distance
            result.failures = nearest.failures.map { "on \(nearest.name): \($0)" }
            if !(distance <= Self.reach) {
                result.failures.insert(
                    "the nearest process that it was scored on, \(nearest.name), is \(distance) "
                        + "away, limit \(Self.reach); another period_ms may bring it nearer", at: 0)
            }
        } else {
            result.failures = ["it was scored on no process"]
        }
        return (try? CertificateCoding.text(result)) ?? "{}"
    }

    private static func distance(_ left: [Double], _ right: [Double]) -> Double {
        guard left.count == right.count else { return .infinity }
        return zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
}
