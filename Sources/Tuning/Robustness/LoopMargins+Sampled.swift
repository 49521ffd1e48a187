extension LoopMargins {
    /// Of a law that samples, on a sampled linear process.
    ///
    /// - Parameters:
    ///   - originPoles: poles at z = 1 of law and process together.
    ///   - slowestSeconds: the time over which nothing changes any more: the integrators dominate.
    ///   - law: from the measurement to the command, sign turned, at an angle in radians a sample.
    package init(
        sampled process: SampledStateSpace, periodSeconds: Double, originPoles: Int,
        slowestSeconds: Double, law: (Double) -> Complex
    ) {
        let high = Double.pi / periodSeconds
        let low = min(1e-3 / slowestSeconds, high / 10)
        self.init(
            frequencies: low...high, originPoles: originPoles,
            delaySeconds: Double(process.delay + 1) * periodSeconds
        ) { frequency in
            let angle = frequency * periodSeconds
            return law(angle) * process.response(at: angle)
        }
    }
}
