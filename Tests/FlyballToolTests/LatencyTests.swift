import Foundation
import Testing

@Suite("flyball latency and flyball doctor")
struct LatencyTests {
    private func latency(_ arguments: String...) throws -> (rate: [String: Any], status: Int32) {
        let result = try Tool.run(["latency", "--seconds", "0.2", "--json"] + arguments)
        let json = try #require(result.json)
        let rates = try #require(json["rates"] as? [[String: Any]])
        return (try #require(rates.first), result.status)
    }

    @Test("measures every tick of a rate: counts, percentiles in order, buckets that add up")
    func counts() throws {
        let (rate, _) = try latency("--rate", "200", "--priority", "0")
        let timing = try #require(rate["timing"] as? [String: Any])
        #expect(timing["ticks"] as? Int == 40)
        let late = try #require(timing["lateness"] as? [String: Int])
        let order = try ["min_ns", "p50_ns", "p99_ns", "p99_9_ns", "max_ns"].map {
            try #require(late[$0])
        }
        #expect(order == order.sorted() && order[0] > 0)
        let buckets = try #require(timing["lateness_histogram"] as? [[String: Int]])
        #expect(buckets.compactMap { $0["count"] }.reduce(0, +) == 40)
        #expect(rate["lost_samples"] as? Int == 0)
    }

    @Test("a rate that no machine keeps is unsupported, and exit code 1 says that none is")
    func unsupported() throws {
        // A learned law takes some microseconds in debug, as long as the period or longer.
        let (rate, status) = try latency("--rate", "100000")
        #expect(rate["verdict"] as? String == "unsupported")
        #expect(status == 1)
    }

    @Test("measures the loops of a configuration, and draws the course of lateness")
    func configuration() throws {
        try Tool.withDirectory { directory in
            let picture = "\(directory)/latency.svg"
            let result = try Tool.run(
                "latency", Tool.demo, "--rate", "100", "--seconds", "0.2", "--plot", picture)
            #expect(result.output.contains("demo.toml: 1 loop, SCHED_FIFO 50"))
            #expect(result.output.contains("page faults after the start: "))
            let drawn = try Tool.text(picture)
            #expect(drawn.hasPrefix("<svg") && drawn.contains("Greatest lateness"))
        }
    }

    @Test(
        "wrong limits are refused with what is allowed",
        arguments: [
            ["--seconds", "0"], ["--rate", "100001"], ["--rate", "0"], ["--priority", "91"],
        ])
    func refused(arguments: [String]) throws {
        let result = try Tool.run(["latency"] + arguments)
        #expect(result.status == 2)
        #expect(result.error.contains("allowed: "))
    }

    @Test("the doctor says of each actuator what becomes of it in each event, with a remedy")
    func doctor() throws {
        let result = try Tool.run("doctor", Repository.path("configs/tclab.toml"), "--json")
        let json = try #require(result.json)
        let findings = try #require(json["findings"] as? [[String: Any]])
        #expect(findings.count == 10)
        let outputs = try #require(json["outputs"] as? [[String: Any]])
        #expect(outputs.compactMap { $0["name"] as? String } == ["q1", "q2"])
        let fates = try #require(outputs[0]["fates"] as? [[String: Any]])
        let events = fates.compactMap { $0["event"] as? String }
        #expect(
            events == ["SIGTERM", "SIGKILL", "service watchdog", "kernel hang", "power-up"])
        let stays = fates.contains { $0["verdict"] as? String == "stays" }
        let degraded = findings.contains { $0["grade"] as? String == "degraded" }
        #expect(result.status == (stays || degraded ? 1 : 0))
    }

    @Test("without a configuration the doctor speaks of GPIO lines and PWM channels")
    func doctorWithoutConfiguration() throws {
        let result = try Tool.run("doctor")
        #expect(result.output.contains("What becomes of any GPIO line"))
        #expect(result.output.contains("What becomes of any PWM channel"))
        #expect(result.output.contains("a cut-out that works without any"))
    }
}
