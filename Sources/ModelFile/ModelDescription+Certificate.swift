extension ModelDescription {
    /// What the certificate says of the law.
    package enum Verdict: Equatable, Sendable {
        /// It kept its limits, or is a PID written down.
        case holds
        /// There is none, or none that can be read.
        case absent
        /// These limits were not kept.
        case fails([String])
    }

    /// Certificate of a law whose weights were written down from gains: it is as good as they are.
    static let constructedCertificate = #"{"failures":[],"origin":"PID gains"}"#

    package var verdict: Verdict {
        struct Failures: Decodable { let failures: [String] }
        guard let found: Failures = CertificateCoding.certificate(certificate) else {
            return .absent
        }
        return found.failures.isEmpty ? .holds : .fails(found.failures)
    }
}
