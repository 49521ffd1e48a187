extension SettingsReader {
    mutating func readLoops() -> [LoopSettings] {
        tables(.loop, in: root, at: .start).compactMap { table in
            readLoop(table.table, at: table.position)
        }
    }

    private mutating func readLoop(_ table: TOMLTable, at position: Position) -> LoopSettings? {
        var context = ReadingContext(index: index)
        context.sensorUnit = index.unit(ofSensor: table.text("sensor"))
        context.actuatorUnit = outputUnit(table)
        let reading = read(.loop, table, at: position, context)
        let profile = readProfile(table, of: reading, context)
        let pid = readMandatory(
            .loopPID, in: table, of: reading, context, because: "the law or its fallback")
        let supervisor = readOnly(.loopSupervisor, in: table, at: position)
        var resume: SectionReading?
        if table[Section.Name.loopResume.key] != nil {
            resume = readOnly(.loopResume, in: table, at: position)
        }
        let extras = readExtras(table, of: reading, context)
        checkOutput(of: reading, table)
        let plant = KnownPlant(
            isCommanded(table.text("name")) ? extras.withoutProcess : extras,
            actuator: self.reading(named: table.text("actuator"), in: .actuator),
            setpoints: profile.map(\.setpoint) + [(try? reading.number("setpoint")) ?? 0])
        let guards = readGuards(table, of: reading, context, plant)
        var learned: SectionReading?
        if table[Section.Name.loopLearned.key] != nil {
            learned = readOnly(.loopLearned, in: table, at: position)
        } else if (try? reading.text("law")) == Law.learned.rawValue {
            problems.add(
                position, Section.Name.loopLearned.rawValue, "missing",
                "law = \"learned\" needs [loop.learned] with a model, as in model = \"from-pid\"")
        }
        guard let pid else { return nil }
        do {
            return LoopSettings(
                name: try reading.text("name"),
                sensor: try reference("sensor", to: .sensor, in: reading),
                actuator: try? reference("actuator", to: .actuator, in: reading),
                periodMilliseconds: try loopPeriod(reading),
                setpoint: try reading.number("setpoint"),
                rampPerSecond: try? reading.number("ramp"),
                law: try reading.word("law"),
                profile: profile,
                pid: try pidSettings(pid),
                learned: try learned.map { reading throws(SectionReading.Absent) in
                    LearnedSettings(
                        model: try reading.locatedText("model"),
                        process: try? reading.locatedText("process"),
                        allowsUncertified: try reading.boolean("allow_uncertified"))
                },
                supervisor: try supervisorSettings(supervisor),
                resume: try resumeSettings(resume), guards: guards, cascade: extras.cascade,
                feedForward: extras.feedForward, process: extras.process,
                position: position)
        } catch {
            return nil
        }
    }

    /// The unit of what the loop drives: of its actuator, or of the sensor of the loop inside.
    private func outputUnit(_ table: TOMLTable) -> Unit? {
        guard case .table(let cascade)? = table[Section.Name.loopCascade.key]?.node.value else {
            return index.unit(ofActuator: table.text("actuator"))
        }
        return index.unit(ofLoop: cascade.text("inner"))
    }

    private mutating func readMandatory(
        _ name: Section.Name, in table: TOMLTable, of loop: SectionReading,
        _ context: ReadingContext, because reason: String
    ) -> SectionReading? {
        guard let found = tables(name, in: table, at: loop.position).first else {
            if table[name.key] == nil {
                problems.add(
                    loop.position, name.rawValue, "missing",
                    "needed is the table [\(name.rawValue)]: \(reason)")
            }
            return nil
        }
        return read(name, found.table, at: found.position, context)
    }

    /// Reads the profile of a loop and checks that time goes forward.
    private mutating func readProfile(
        _ table: TOMLTable, of loop: SectionReading, _ context: ReadingContext
    ) -> [ProfilePoint] {
        var points: [ProfilePoint] = []
        for found in tables(.loopProfile, in: table, at: loop.position) {
            let reading = read(.loopProfile, found.table, at: found.position, context)
            checkSetpoint(reading, "setpoint", sensor: try? loop.text("sensor"))
            guard let start = try? reading.number("at_s") else { continue }
            if let previous = points.last?.startSeconds, start <= previous {
                problems.add(
                    reading.position("at_s"), reading.section.path("at_s"),
                    "found \(Wording.number(start)) after \(Wording.number(previous))",
                    "times increase from entry to entry")
            }
            let setpoint = (try? reading.number("setpoint")) ?? 0
            points.append(ProfilePoint(startSeconds: start, setpoint: setpoint))
        }
        return points
    }

    private func pidSettings(_ reading: SectionReading) throws(SectionReading.Absent)
        -> PIDSettings
    {
        let derivative = try reading.number("td_s")
        return PIDSettings(
            kp: try reading.number("kp"),
            tiSeconds: try reading.number("ti_s"),
            tdSeconds: derivative,
            tfSeconds: (try? reading.number("tf_s")) ?? derivative / 8,
            filterSeconds: try reading.number("filter_s"),
            filterPosition: reading.position("filter_s"),
            setpointWeight: try reading.number("b"),
            ttSeconds: try reading.number("tt_s"),
            kpPosition: reading.position("kp"))
    }

    private func supervisorSettings(_ reading: SectionReading) throws(SectionReading.Absent)
        -> SupervisorSettings
    {
        SupervisorSettings(
            bridgeMilliseconds: try reading.integer("bridge_ms"),
            recoverMilliseconds: try reading.integer("recover_ms"),
            retryMilliseconds: try reading.integer("retry_ms"))
    }

    private func resumeSettings(_ reading: SectionReading?) throws(SectionReading.Absent)
        -> ResumeSettings
    {
        guard let reading else { return ResumeSettings(policy: .never) }
        return ResumeSettings(
            policy: try reading.word("policy"), maxAgeSeconds: (try? reading.integer("max_age_s")))
    }
}
