import Tuning

extension PlantFamily {
    /// Whether a simulation of it is bounded and finite: what a file says has to pass this before
    /// anything is computed with it.
    package var isUsable: Bool {
        let scales = 1e-6...1e6
        let parts = [setpoints.lowerBound, setpoints.upperBound, standingLoad]
        guard scales.contains(periodSeconds), parts.allSatisfy({ $0.magnitude <= 100 }),
            (0...1_000).contains(effortWeight), (0...1).contains(quantum), (0...1).contains(noise)
        else { return false }
        switch process {
        case .catalog: return true
        case .chain(let chain): return isUsable(chain)
        case .linear(let linear):
            let order = linear.space.order
            let numbers = linear.space.a.elements + linear.space.b + linear.space.c
            return (1...16).contains(order) && linear.space.c.count == order
                && linear.space.a.rows == order && linear.space.a.columns == order
                && linear.space.a.elements.count == order * order
                && numbers.allSatisfy { $0.magnitude <= 1e9 / periodSeconds }
                && (0...2_000 * periodSeconds).contains(linear.deadTime)
                && isUsable(linear.linearised)
        }
    }

    private func isUsable(_ chain: ChainModel) -> Bool {
        let scales = 1e-6...1e6
        let times = chain.lags + (chain.pair.map { [$0.time] } ?? [])
        let range = 1e-3 * periodSeconds...1e5 * periodSeconds
        let least = chain.isIntegrating || chain.pair != nil ? 0 : 1
        let poles = chain.lags.count + (chain.isIntegrating ? 1 : 0)
        return (least...16).contains(chain.lags.count) && times.allSatisfy(range.contains)
            && scales.contains(chain.gain.magnitude)
            && (0...2_000 * periodSeconds).contains(chain.deadTime)
            && chain.zero.magnitude <= 1_000 * periodSeconds
            && (chain.zero == 0 || poles > 1 || chain.pair != nil)
            && (chain.pair.map { (1e-3...100).contains($0.damping) } ?? true)
    }
}
