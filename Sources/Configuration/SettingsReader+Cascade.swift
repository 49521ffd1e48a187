/// Loops that command loops, feed-forward, and what is known of a process.
extension SettingsReader {
    /// What a loop's table says beside its law.
    struct LoopExtras {
        var cascade: CascadeSettings?
        var feedForward: FeedForwardSettings?
        var process: ProcessSettings?

        /// Of a loop whose setpoints are another one's: the process alone does not say what it needs.
        var withoutProcess: LoopExtras {
            LoopExtras(cascade: cascade, feedForward: feedForward)
        }
    }

    mutating func readExtras(
        _ table: TOMLTable, of loop: SectionReading, _ context: ReadingContext
    ) -> LoopExtras {
        var extras = LoopExtras()
        if let reading = readOptional(.loopCascade, table, of: loop, context) {
            extras.cascade = try? cascade(reading)
        }
        if let reading = readFeedForward(table, of: loop, context) {
            checkFeedForward(reading)
            extras.feedForward = try? feedForward(reading)
        }
        if let reading = readOptional(.loopProcess, table, of: loop, context) {
            extras.process = try? process(reading)
        }
        return extras
    }

    private func cascade(_ reading: SectionReading) throws(SectionReading.Absent)
        -> CascadeSettings
    {
        let range = try reading.range("range")
        return CascadeSettings(
            inner: try reference("inner", to: .loop, in: reading), low: range.low,
            high: range.high, slewPerSecond: try? reading.number("slew"),
            holdsWhenLost: try reading.text("lost") == "hold",
            lostMilliseconds: try reading.integer("lost_ms"))
    }

    /// Its units are those of the disturbance's sensor.
    private mutating func readFeedForward(
        _ table: TOMLTable, of loop: SectionReading, _ context: ReadingContext
    ) -> SectionReading? {
        guard case .table(let own)? = table[Section.Name.loopFeedForward.key]?.node.value else {
            return readOptional(.loopFeedForward, table, of: loop, context)
        }
        var disturbed = context
        disturbed.sensorUnit = index.unit(ofSensor: own.text("sensor"))
        return readOptional(.loopFeedForward, table, of: loop, disturbed)
    }

    private func feedForward(_ reading: SectionReading) throws(SectionReading.Absent)
        -> FeedForwardSettings
    {
        let limit = try reading.range("limit")
        return FeedForwardSettings(
            sensor: try reference("sensor", to: .sensor, in: reading),
            gain: try reading.number("gain"), gainPosition: reading.position("gain"),
            zero: try reading.number("zero"), leadSeconds: try reading.number("lead_s"),
            lagSeconds: try reading.number("lag_s"), low: limit.low, high: limit.high,
            holdsWhenLost: try reading.text("lost") == "hold",
            fadeSeconds: try reading.number("fade_s"))
    }

    private mutating func checkFeedForward(_ reading: SectionReading) {
        if let zero = try? reading.number("zero"),
            let sensor = self.reading(named: try? reading.text("sensor"), in: .sensor),
            let range = try? sensor.range("range"), zero < range.low || zero > range.high
        {
            refuse(
                reading, "zero",
                "allowed is from \(Wording.number(range.low)) to \(Wording.number(range.high)), the "
                    + "range of its sensor")
        }
        if let limit = try? reading.range("limit"), limit.low > 0 || limit.high < 0 {
            refuse(reading, "limit", "0 must lie between: without a disturbance nothing is added")
        }
        if let lead = try? reading.number("lead_s"), lead > 0,
            let lag = try? reading.number("lag_s"), lag == 0
        {
            refuse(reading, "lead_s", "a lead needs a lag_s above 0: a step would be infinite")
        }
    }

    private func process(_ reading: SectionReading) throws(SectionReading.Absent)
        -> ProcessSettings
    {
        ProcessSettings(
            gain: try reading.number("gain"), lagSeconds: try reading.number("lag_s"),
            secondLagSeconds: try reading.number("second_lag_s"),
            deadTimeSeconds: try reading.number("dead_time_s"), rest: try reading.number("rest"))
    }

    // MARK: Checks across loops

    /// Which loop commands which; says what is wrong with it.
    mutating func checkCascades() {
        let cascades = readings[.loopCascade] ?? []
        var commanded: [String: String] = [:]
        for (outer, cascade) in zip(outerLoops, cascades) {
            guard let inner = try? cascade.text("inner"), let name = try? outer.text("name")
            else { continue }
            if let other = commanded[inner] {
                refuse(
                    cascade, "inner", "loop \"\(other)\" commands it; each loop has one setpoint"
                )
            }
            commanded[inner] = name
        }
        checkUses()
        for (outer, cascade) in zip(outerLoops, cascades) {
            checkCircle(outer, cascade, cascades)
            checkInner(outer, cascade)
        }
    }

    /// A sensor is read in one place: what one loop has taken is gone for another.
    private mutating func checkUses() {
        let sections: [Section.Name] = [.loop, .loopRedundant, .loopFeedForward]
        let used = sections.flatMap { readings[$0] ?? [] }.compactMap { try? $0.text("sensor") }
        for reading in readings[.loopFeedForward] ?? [] {
            guard let name = try? reading.text("sensor"), used.count(where: { $0 == name }) > 1
            else { continue }
            refuse(reading, "sensor", "allowed is a sensor that nothing else uses")
        }
    }

    /// Whether another loop commands the setpoint of this one.
    func isCommanded(_ name: String?) -> Bool {
        loopTables.contains { table in
            guard case .table(let cascade)? = table[Section.Name.loopCascade.key]?.node.value
            else { return false }
            return cascade.text("inner") == name
        }
    }

    /// The readings of the loops with a table [loop.cascade], in the order of the file.
    private var outerLoops: [SectionReading] {
        zip(loopTables, readings[.loop] ?? []).compactMap { table, reading in
            guard case .table? = table[Section.Name.loopCascade.key]?.node.value else { return nil }
            return reading
        }
    }

    private var loopTables: [TOMLTable] {
        guard case .array(let nodes)? = root[Section.Name.loop.key]?.node.value else { return [] }
        return nodes.compactMap { node in
            guard case .table(let table) = node.value else { return nil }
            return table
        }
    }

    private mutating func checkCircle(
        _ outer: SectionReading, _ cascade: SectionReading, _ cascades: [SectionReading]
    ) {
        guard let start = try? outer.text("name"), var next = try? cascade.text("inner") else {
            return
        }
        var way = [start]
        let inner = zip(outerLoops, cascades).map { loop, cascade in
            (try? loop.text("name"), try? cascade.text("inner"))
        }
        // A circle that this loop is not in is that of the loops in it.
        while !way.contains(next) {
            way.append(next)
            guard let found = inner.first(where: { $0.0 == next })?.1 else { return }
            next = found
        }
        guard next == start else { return }
        refuse(
            cascade, "inner",
            "the loops command each other in a circle: "
                + (way + [start]).joined(separator: " -> "))
    }

    private mutating func checkInner(_ outer: SectionReading, _ cascade: SectionReading) {
        guard let name = try? cascade.text("inner"),
            let inner = reading(named: name, in: .loop)
        else { return }
        if let range = try? cascade.range("range"),
            let sensor = reading(named: try? inner.text("sensor"), in: .sensor),
            let low = try? sensor.number("limit_low"), let high = try? sensor.number("limit_high"),
            range.low <= low || range.high >= high
        {
            refuse(
                cascade, "range",
                "allowed is between \(Wording.number(low)) and \(Wording.number(high)), the limits "
                    + "of the sensor of loop \"\(name)\"")
        }
        let profile = Section.Name.loopProfile
        if let found = loopTables.first(where: { $0.text("name") == name })?[profile.key] {
            problems.add(
                found.keyPosition, profile.rawValue, "found a profile of loop \"\(name)\"",
                "its setpoint is commanded: profiles belong to the outermost loop")
        }
        if (try? inner.number("ramp")) != nil {
            refuse(
                inner, "ramp",
                "its setpoint is commanded: the key \"slew\" of that loop's [loop.cascade] limits it"
            )
        }
        if let fast = try? loopPeriod(inner), let slow = try? loopPeriod(outer), fast > slow {
            refuse(cascade, "inner", "allowed is a loop with a period_ms up to \(slow)")
        }
    }

    func loopPeriod(_ loop: SectionReading) throws(SectionReading.Absent) -> Int {
        if let own = try? loop.integer("period_ms") { return own }
        guard let root = readings[.root]?.first else { throw SectionReading.Absent() }
        return try root.integer("period_ms")
    }

    /// A loop has an actuator, or a loop to command; its period is one of whole ticks.
    mutating func checkOutput(of loop: SectionReading, _ table: TOMLTable) {
        let hasActuator = table["actuator"] != nil
        let hasCascade = table[Section.Name.loopCascade.key] != nil
        if !hasActuator, !hasCascade {
            problems.add(
                loop.position, loop.section.path("actuator"), "missing",
                "needed is the name of an [[actuator]], or a table [loop.cascade]")
        }
        if hasActuator, hasCascade {
            refuse(loop, "actuator", "a loop with [loop.cascade] has none")
        }
        guard let own = try? loop.integer("period_ms"),
            let tick = try? readings[.root]?.first?.integer("period_ms")
        else { return }
        guard own % tick == 0 else {
            refuse(loop, "period_ms", "allowed is a multiple of period_ms = \(tick)")
            return
        }
        checkAges(loop, own)
    }

    /// What is younger than the loop's period cannot be expected, nor a command sooner.
    private mutating func checkAges(_ loop: SectionReading, _ period: Int) {
        if let sensor = reading(named: try? loop.text("sensor"), in: .sensor),
            let age = try? sensor.integer("max_age_ms"), age < period
        {
            refuse(loop, "period_ms", "allowed is up to the max_age_ms = \(age) of its sensor")
        }
        if let actuator = reading(named: try? loop.text("actuator"), in: .actuator),
            let age = try? actuator.integer("max_age_ms"), age <= period
        {
            refuse(loop, "period_ms", "allowed is below the max_age_ms = \(age) of its actuator")
        }
    }
}
