extension OptionTable {
    static let realtime = Section(
        name: .realtime, form: .table, presence: "optional",
        meaning: "How the control thread is scheduled, and what the system must permit. "
            + "`flyball doctor` says what it does permit.",
        options: [
            OptionEntry(
                "scheduler", .choice(Scheduler.allCases.map(\.rawValue)),
                .defaulted(.text("fifo")), example: "\"fifo\"",
                "`fifo` is SCHED_FIFO at `priority`; `deadline` is SCHED_DEADLINE, by which the "
                    + "kernel guarantees and enforces `budget_us` in each period."),
            OptionEntry(
                "priority", .integer(0...90), .defaulted(.integer(50)), example: "50",
                "SCHED_FIFO priority of the control thread; 0 is ordinary scheduling."),
            OptionEntry(
                "budget_us", .integer(10...60_000_000), .optional("the period"), example: "200000",
                "What the computation of a tick may take, at most the period: ticks that take "
                    + "longer are counted. Mandatory for `scheduler = \"deadline\"`."),
            OptionEntry(
                "cpu", .integer(0...63), .optional("any"), example: "1",
                "The processor that the control thread is bound to; not with "
                    + "`scheduler = \"deadline\"`, which the kernel refuses to bind."),
            OptionEntry(
                "lock_memory", .boolean, .defaulted(.boolean(true)), example: "true",
                "Whether all memory is locked, so that no page fault delays a tick."),
            OptionEntry(
                "idle_latency_us", .integer(0...100_000), .optional("not limited"), example: "50",
                "Longest time that a processor may take to wake up, held through "
                    + "/dev/cpu_dma_latency while the daemon runs; 0 lets none sleep, which costs "
                    + "power."),
            OptionEntry(
                "preflight", .choice(PreflightPolicy.allCases.map(\.rawValue)),
                .defaulted(.text("prefer")), example: "\"prefer\"",
                "When the system does not permit all of this: `prefer` says so and runs, `require` "
                    + "refuses to run."),
        ])
}
