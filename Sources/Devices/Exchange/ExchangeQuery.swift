import Control

/// A request that changes nothing, and the sensors that its answer is for.
package struct ExchangeQuery {
    let request: LinePattern
    let response: LinePattern
    let inputs: [(field: String, channel: InputChannel)]

    package init(
        request: LinePattern, response: LinePattern,
        inputs: [(field: String, channel: InputChannel)]
    ) {
        self.request = request
        self.response = response
        self.inputs = inputs
    }

    /// Hands the numbers of an answer out; `nil` for one that does not fit.
    func publish(_ numbers: [String: Double]?, timeNanoseconds: UInt64) {
        for (field, channel) in inputs {
            if let number = numbers?[field] {
                channel.publish(number, timeNanoseconds: timeNanoseconds)
            } else {
                channel.publish(.malformed)
            }
        }
    }
}
