import Foundation
import Testing

@Suite("flyball tune")
struct TuneTests {
    @Test("a step on the simulated heater finds its equations and writes gains beside them")
    func tunesSimulatedPlant() throws {
        try Tool.withDirectory { directory in
            let state = "\(directory)/gains.json"
            let config = Repository.path("configs/demo.toml")
            let before = try Tool.text(config)
            let result = try Tool.run(
                "tune", config, "--no-optimal", "--json", "--state", state, "--plot",
                "\(directory)/fit.svg")
            #expect(result.status == 0, "\(result.error)")
            let json = try #require(result.json)
            let gain = try #require((json["gain"] as? [String: Any])?["value"] as? Double)
            // The steady gain of the TCLab's equations is 0.599 C/%.
            #expect(abs(gain - 0.599) < 0.01)
            let chosen = try #require(json["chosen"] as? [String: Any])
            #expect(chosen["stable"] as? Bool == true)
            #expect((chosen["ms"] as? Double ?? 9) <= 1.608)
            let written = try #require(
                try JSONSerialization.jsonObject(with: Data(Tool.text(state).utf8))
                    as? [String: Any])
            #expect(written["kp"] as? Double == chosen["kp"] as? Double)
            #expect(written["kp_unit"] as? String == "%/C")
            #expect(try Tool.text("\(directory)/fit.svg").hasPrefix("<svg"))
            #expect(try Tool.text(config) == before)
        }
    }

    @Test("a relay on the simulated heater shows its ultimate point, and rules that need no more")
    func relay() throws {
        try Tool.withDirectory { directory in
            let fine = "\(directory)/fine.toml"
            let demo = try String(contentsOfFile: Tool.demo, encoding: .utf8)
            #expect(demo.contains("quantum = \"0.3223 C\""))
            try demo.replacing("quantum = \"0.3223 C\"", with: "quantum = \"0.01 C\"")
                .write(toFile: fine, atomically: false, encoding: .utf8)
            let result = try Tool.run(
                "tune", fine, "--no-optimal", "--experiment", "relay", "--hysteresis", "0.3",
                "--json", "--state", "\(directory)/gains.json")
            #expect(result.status == 0, "\(result.error)")
            let relay = try #require(result.json?["relay"] as? [String: Any])
            #expect(relay["cycles"] as? Int == 4)
            #expect(relay["relay_amplitude_output_unit"] as? Double == 20)
            // What the equations' two lags pass at that frequency, by their formula; a tenth for the
            // heater's fourth-power loss, which the two lags have not.
            let period = try #require(relay["ultimate_period_s"] as? Double)
            let frequency = 2 * Double.pi / period
            let passed = 0.599 / hypot(1, 138 * frequency) / hypot(1, 19 * frequency)
            let amplitude = try #require(relay["amplitude_unit"] as? Double)
            #expect(abs(amplitude / (80 / Double.pi * passed) - 1) < 0.1)
            let rules = try #require(result.json?["rules"] as? [[String: Any]])
            let named = rules.filter { ($0["rule"] as? String)?.hasSuffix(", relay") == true }
            #expect(named.count == 4)
        }
    }

    @Test("a relay whose oscillation is as small as the sensor's step identifies nothing")
    func coarseRelay() throws {
        try Tool.withDirectory { directory in
            let state = "\(directory)/gains.json"
            let result = try Tool.run(
                "tune", Tool.demo, "--no-optimal", "--experiment", "relay", "--state", state)
            #expect(result.status == 1)
            #expect(result.error.contains("a sensor with steps of 0.3"), "\(result.error)")
            #expect(result.error.contains("a larger amplitude"), "\(result.error)")
            #expect(!FileManager.default.fileExists(atPath: state))
        }
    }

    @Test("an experiment that is refused or ends early says why")
    func limits() throws {
        try Tool.withDirectory { directory in
            let state = "\(directory)/gains.json"
            let early = try Tool.run(
                "tune", Tool.demo, "--no-optimal", "--high", "35", "--json", "--state", state)
            #expect(early.json?["abort_reason"] as? String == "rangeLimit")
            let far = try Tool.run("tune", Tool.demo, "--high", "95", "--state", state)
            #expect(far.status == 1 && far.error.contains("the protective limits"))
            let none = try Tool.run("tune", Tool.demo, "--amplitude", "0", "--state", state)
            #expect(none.status == 1 && none.error.contains("amplitude"))
            #expect(try Tool.run("tune", Tool.demo, "--experiment", "ramp").status == 2)
            #expect(try Tool.run("tune", "--on-daemon", "--from-csv", "x").status == 2)
        }
    }

    @Test("a run that was recorded can be tuned from, and so can a table")
    func tunesRecordings() throws {
        try Tool.withDirectory { directory in
            let record = "\(directory)/run.mcap"
            let config = Repository.path("configs/demo.toml")
            let run = try Tool.run(
                "simulate", config, "--law", "pid", "--duration-s", "780", "--record", record)
            #expect(run.status == 0, "\(run.error)")
            let state = "\(directory)/gains.json"
            let recorded = try Tool.run(
                "tune", "--from-record", record, "--no-optimal", "--json", "--state", state)
            #expect(recorded.status == 0, "\(recorded.error)")
            let gain = (recorded.json?["gain"] as? [String: Any])?["value"] as? Double
            // Closed loop, quantised readings: the input follows the output.
            #expect(abs((gain ?? 0) - 0.599) < 0.05)

            var table = "time,command,measurement\n"
            for second in 0..<300 {
                let risen = max(0, Double(second) - 35)
                table += "\(second),\(second < 30 ? 0 : 10),\(20 + 5 * (1 - exp(-risen / 40)))\n"
            }
            try Tool.write(table, to: "\(directory)/step.csv")
            let result = try Tool.run("tune", "--from-csv", "\(directory)/step.csv", "--json")
            #expect(result.status == 0, "\(result.error)")
            let dead = (result.json?["dead_time_s"] as? [String: Any])?["value"] as? Double
            #expect(abs((dead ?? 0) - 5) < 0.01)
            #expect(result.json?["period_s"] as? Double == 1)
        }
    }

    @Test("what cannot be tuned from ends with its status and reason")
    func refuses() throws {
        try Tool.withDirectory { directory in
            let path = "\(directory)/step.csv"
            try Tool.write("time,command,measurement\n0,1,2\n1,1,x\n", to: path)
            let damaged = try Tool.run("tune", "--from-csv", path)
            #expect(damaged.status == 65)
            #expect(damaged.error.contains("line 3"))
            #expect(try Tool.run("tune", "--from-csv", "\(directory)/none.csv").status == 66)
            let endless = try Tool.run("tune", "--from-csv", "/dev/zero")
            #expect(endless.status == 65 && endless.error.contains("longer than 64 MiB"))
            #expect(try Tool.run("tune").status == 2)
            #expect(try Tool.run("tune", "--from-csv", path, "--state", path).status == 2)
            let flat = (0..<100).map { "\($0),10,\(20 + $0 % 2)" }.joined(separator: "\n")
            try Tool.write(flat, to: path)
            let silent = try Tool.run("tune", "--from-csv", path)
            #expect(silent.status == 1)
            #expect(silent.error.contains("the command never changes"))
        }
    }
}
