@testable import Pictures

/// A run as the tool records one, from closed formulas and a small generator, so that its picture
/// is the same everywhere: a heater under a PI law, a load, a dropout and a change of law.
enum ExampleRun {
    /// - Parameter seconds: length of the run, one sample a second.
    static func picture(seconds: Int) -> RunPicture {
        var noise: UInt64 = 0x9e37_79b9_7f4a_7c15
        var temperature = 23.0
        var heater = 23.0
        var integral = 0.0
        var estimate = 23.0
        var held = 23.0
        var times: [Double] = []
        var columns = [[Double]](repeating: [], count: 8)
        var states: [RunState] = []
        for second in 0..<seconds {
            let part = Double(second) / Double(seconds)
            noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let random = Double(noise >> 40) / Double(1 << 24) - 0.5
            let setpoint = part < 0.02 ? 23.0 : part < 0.6 ? 50.0 : 40.0
            let isLost = part > 0.45 && part < 0.47
            let isSafe = part > 0.46 && part < 0.475
            held = isLost ? held : temperature
            let reading = isLost ? Double.nan : held + 0.6 * random
            estimate += isLost ? 0 : 0.3 * (reading - estimate)
            let error = setpoint - estimate
            let wanted = isSafe ? 0 : 6 * error + integral
            let command = min(max(wanted, 0), 100)
            if command == wanted, !isSafe { integral += 6 * error / 90 }
            let load = part > 0.3 && part < 0.42 ? 14.0 : 0
            heater += ((command - load) * 0.62 + 23 - heater) / 25
            temperature += (heater - temperature) / 110
            times.append(Double(second))
            let gate = 1 / (1 + error * error / 40)
            let values = [
                setpoint, reading, estimate, command, integral, 0.15 + 0.6 * (1 - gate),
                isLost ? 1 : 0.9 + 0.099 * gate, 0.5 + 0.3 * gate,
            ]
            for (column, value) in values.enumerated() { columns[column].append(value) }
            states.append(isSafe ? .safe : part > 0.475 && part < 0.6 ? .fallback : .learned)
        }
        return picture(times: times, columns: columns, states: states)
    }

    private static func picture(
        times: [Double], columns: [[Double]], states: [RunState]
    ) -> RunPicture {
        let length = Double(times.count)
        var picture = RunPicture(
            title: "Heater 1 at 50 °C", quantity: "Temperature T1", unit: "°C", commandUnit: "%",
            commandRange: 0...100, times: times, setpoint: columns[0], measurement: columns[1],
            command: columns[3])
        picture.subtitle = "TCLab simulated, period 1 s, seed 1 · IAE 612 °C s · overshoot 1.4 °C"
        picture.estimate = columns[2]
        picture.integrator = columns[4]
        picture.inputGate = columns[5]
        picture.forgetGate = columns[6]
        picture.outputGate = columns[7]
        picture.states = states
        picture.markers = [
            EventMarker(time: length * 0.3, label: "load 14 %"),
            EventMarker(time: length * 0.42, label: "load off"),
            EventMarker(time: length * 0.451, label: "sensor silent"),
            EventMarker(time: length * 0.6, label: "setpoint 40 °C"),
        ]
        return picture
    }
}
