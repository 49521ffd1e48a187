/// Process and PID as one linear system that is fed its own command after the dead time.
struct LoopSystem {
    let seconds: Double
    private let step: LinearStep
    private let c: [Double]
    private let gains: PIDGains
    private let load: Double
    private let setpoint: Double
    /// Steps in the dead time; 0 closes the loop inside the system.
    private let delaySteps: Int
    private var state: [Double]
    private var scratch: [Double]
    /// Commands with the load, the latest `delaySteps + 1` of them, as a ring.
    private var history: [Double]
    private var count = 0
    private(set) var largestError = 1e-300

    private let n: Int

    /// States: those of the process, the integral, the filtered measurement.
    init(
        _ gains: PIDGains, _ process: TransferFunction, _ kind: LoopResponse.Step,
        longestStep: Double
    ) {
        self.gains = gains
        load = kind == .load ? 1 : 0
        setpoint = kind == .setpoint ? 1 : 0
        let space = StateSpace(process)
        n = space.order
        c = space.c
        let dead = process.deadTimeSeconds
        delaySteps = dead > 0 ? max(1, Int((dead / longestStep).rounded(.up))) : 0
        seconds = dead > 0 ? dead / Double(delaySteps) : longestStep
        var a = Matrix(rows: n + 2, columns: n + 2)
        // Inputs: the delayed command with its load, and the setpoint.
        var b = Matrix(rows: n + 2, columns: 2)
        for row in 0..<n {
            for column in 0..<n { a[row, column] = space.a[row, column] }
            b[row, 0] = space.b[row]
            a[n, row] = -gains.ki * c[row]
        }
        b[n, 1] = gains.ki
        if gains.tfSeconds > 0 {
            for column in 0..<n { a[n + 1, column] = c[column] / gains.tfSeconds }
            a[n + 1, n + 1] = -1 / gains.tfSeconds
        }
        if delaySteps == 0 {
            let row = Self.feedback(gains, c)
            for index in 0..<n {
                for column in 0..<n + 2 { a[index, column] += space.b[index] * row[column] }
                b[index, 1] += space.b[index] * gains.kp * gains.setpointWeight
            }
        }
        step = LinearStep(a: a, b: b, seconds: seconds)
        state = [Double](repeating: 0, count: n + 2)
        scratch = state
        history = [Double](repeating: 0, count: delaySteps + 1)
        record()
    }

    /// The command as a sum over the states, without the setpoint.
    private static func feedback(_ gains: PIDGains, _ c: [Double]) -> [Double] {
        let derivative = gains.tfSeconds > 0 ? gains.kd / gains.tfSeconds : 0
        return c.map { -(gains.kp + derivative) * $0 } + [1, derivative]
    }

    var output: Double {
        var sum = 0.0
        for index in 0..<n { sum += c[index] * state[index] }
        return sum
    }

    var error: Double { setpoint - output }

    var command: Double {
        let derivative =
            gains.tfSeconds > 0 ? gains.kd * (output - state[n + 1]) / gains.tfSeconds : 0
        return gains.kp * (gains.setpointWeight * setpoint - output) + state[n] - derivative
    }

    mutating func advance() {
        if delaySteps == 0 {
            step.advance(
                &state, from: [load, setpoint], to: [load, setpoint], scratch: &scratch)
        } else {
            // Nothing has arrived in the first dead time; the jump at its end begins a step.
            let hasArrived = count > delaySteps
            let first = hasArrived ? history[(count - 1 - delaySteps) % history.count] : 0
            let last = hasArrived ? history[(count - delaySteps) % history.count] : 0
            step.advance(
                &state, from: [first, setpoint], to: [last, setpoint], scratch: &scratch)
        }
        record()
        largestError = max(largestError, abs(error))
    }

    private mutating func record() {
        history[count % history.count] = command + load
        count += 1
    }
}
