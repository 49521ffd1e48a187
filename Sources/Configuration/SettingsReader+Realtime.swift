extension SettingsReader {
    /// More overruns than ticks that are looked at never come together.
    mutating func checkOverruns(_ top: SectionReading) {
        guard let limit = try? top.integer("overrun_limit"),
            let window = try? top.integer("overrun_window"), window < limit
        else { return }
        problems.add(
            top.position("overrun_window"), top.section.path("overrun_window"), "found \(window)",
            "allowed is from overrun_limit = \(limit) to 64")
    }

    mutating func checkRealtime(_ realtime: SectionReading) {
        let period = try? readings[.root]?.first?.integer("period_ms")
        let budget = try? realtime.integer("budget_us")
        if let budget, let period, budget > period * 1_000 {
            problems.add(
                realtime.position("budget_us"), realtime.section.path("budget_us"),
                "found \(budget)", "allowed is up to the period, \(period * 1_000)")
        }
        guard (try? realtime.text("scheduler")) == Scheduler.deadline.rawValue else { return }
        let position = realtime.position("scheduler")
        if budget == nil {
            problems.add(
                position, realtime.section.path("budget_us"), "missing",
                "scheduler = \"deadline\" needs it: what the kernel is to guarantee in each period")
        }
        if let processor = try? realtime.integer("cpu") {
            problems.add(
                realtime.position("cpu"), realtime.section.path("cpu"), "found \(processor)",
                "not with scheduler = \"deadline\": the kernel refuses to bind such a thread")
        }
    }

    func realtimeSettings(_ reading: SectionReading) throws(SectionReading.Absent)
        -> RealtimeSettings
    {
        RealtimeSettings(
            scheduler: try reading.word("scheduler"), priority: try reading.integer("priority"),
            budgetMicroseconds: try? reading.integer("budget_us"),
            processor: try? reading.integer("cpu"),
            lockMemory: try reading.boolean("lock_memory"),
            idleLatencyMicroseconds: try? reading.integer("idle_latency_us"),
            preflight: try reading.word("preflight"))
    }
}
