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
                "tune", config, "--json", "--state", state, "--plot", "\(directory)/fit.svg")
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
                "tune", "--from-record", record, "--json", "--state", state)
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
