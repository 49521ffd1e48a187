/// Turns the tree of a file into settings: reads each table, then checks what spans tables.
struct SettingsReader {
    let root: TOMLTable
    let index: NameIndex
    var problems: ProblemList
    /// The tables as far as they could be read, for checks across tables.
    var readings: [Section.Name: [SectionReading]] = [:]

    init(_ root: TOMLTable, path: String) {
        self.root = root
        index = NameIndex(root)
        problems = ProblemList(path: path)
    }

    mutating func read(text: String) throws(ConfigurationError) -> Settings {
        let context = ReadingContext(index: index)
        let top = read(.root, root, at: .start, context)
        let realtime = readOnly(.realtime, in: root)
        let devices = readDevices()
        let simulation = readSimulation()
        let sensors = readSensors(simulation?.reading)
        let actuators = readActuators()
        let loops = readLoops()
        let interlocks = readInterlocks()
        let events = readEvents(simulation)
        let record = tables(.record, in: root, at: .start).first.map { table in
            read(.record, table.table, at: table.position, context)
        }
        let control = tables(.control, in: root, at: .start).first.map { table in
            read(.control, table.table, at: table.position, context)
        }
        checkNames()
        checkDevices(hasSimulation: simulation != nil)
        checkSensors()
        checkActuators()
        checkLoops()
        checkCascades()
        checkDrivers()
        checkOverruns(top)
        checkRealtime(realtime)
        if let error = problems.error { throw error }
        do {
            return Settings(
                path: problems.path, text: text, name: try top.text("name"),
                periodMilliseconds: try top.integer("period_ms"),
                overrun: try top.word("overrun"), overrunLimit: try top.integer("overrun_limit"),
                overrunWindow: try (try? top.integer("overrun_window"))
                    ?? top.integer("overrun_limit"),
                realtime: try realtimeSettings(realtime),
                simulation: try simulation.map { try settings($0.reading, events: events) },
                devices: devices, sensors: sensors, actuators: actuators, loops: loops,
                interlocks: interlocks,
                record: try record.map(settings), control: try control.map(controlSettings))
        } catch {
            // Every absent value has its problem, so that this is not reached with a whole table.
            throw ConfigurationError(
                Problem(
                    path: problems.path, position: .start, key: "", found: "a value is missing"))
        }
    }

    /// The readings of a configuration that was accepted, for comparison with those of another.
    static func readings(
        of settings: Settings
    ) throws(ConfigurationError) -> [Section.Name: [SectionReading]] {
        var reader = SettingsReader(
            try parseTable(text: settings.text, path: settings.path), path: settings.path)
        _ = try reader.read(text: settings.text)
        return reader.readings
    }

    /// Reads one table and keeps the reading for the checks across tables.
    mutating func read(
        _ name: Section.Name, _ table: TOMLTable, at position: Position, _ context: ReadingContext
    ) -> SectionReading {
        let reader = SectionReader(
            section: OptionTable.section(name), table: table, position: position, context: context)
        let reading = reader.read(into: &problems)
        readings[name, default: []].append(reading)
        return reading
    }

    /// Reads an optional table: absent, it is read as an empty one, which gives the defaults.
    mutating func readOnly(
        _ name: Section.Name, in parent: TOMLTable, at position: Position = .start
    ) -> SectionReading {
        let found = tables(name, in: parent, at: position).first
        return read(
            name, found?.table ?? TOMLTable(), at: found?.position ?? position,
            ReadingContext(index: index))
    }

    /// The tables of a section below its parent; says where they are not tables or too many.
    mutating func tables(_ name: Section.Name, in parent: TOMLTable, at position: Position)
        -> [(table: TOMLTable, position: Position)]
    {
        let section = OptionTable.section(name)
        let entry = parent[name.key]
        guard case .array(let counts) = section.form else {
            guard let node = entry?.node else { return [] }
            guard case .table(let table) = node.value else {
                addWrongForm(section, node)
                return []
            }
            return [(table, node.position)]
        }
        guard let node = entry?.node else {
            if counts.lowerBound > 0 {
                problems.add(
                    position, name.rawValue, "missing",
                    "needed are \(counts.lowerBound) to \(counts.upperBound) \(section.header)")
            }
            return []
        }
        guard case .array(let nodes) = node.value else {
            addWrongForm(section, node)
            return []
        }
        if !counts.contains(nodes.count) {
            problems.add(
                nodes.dropFirst(counts.upperBound).first?.position ?? node.position, name.rawValue,
                "found \(nodes.count) tables",
                "allowed are \(counts.lowerBound) to \(counts.upperBound)")
        }
        return nodes.prefix(counts.upperBound).compactMap { node in
            guard case .table(let table) = node.value else {
                addWrongForm(section, node)
                return nil
            }
            return (table, node.position)
        }
    }

    private mutating func addWrongForm(_ section: Section, _ node: TOMLNode) {
        problems.add(
            node.position, section.name.rawValue, "found \(node.summary)",
            "allowed is the table \(section.header)")
    }

    /// Where a table refers to, once all problems are known to be absent.
    func reference(_ key: String, to section: Section.Name, in reading: SectionReading)
        throws(SectionReading.Absent) -> Reference
    {
        let name = try reading.text(key)
        guard let found = index.names(section).firstIndex(of: name) else {
            throw SectionReading.Absent()
        }
        return Reference(name: name, index: found, position: reading.position(key))
    }

    private func controlSettings(_ reading: SectionReading) throws(SectionReading.Absent)
        -> ControlSettings
    {
        ControlSettings(
            socket: try? reading.locatedText("socket"),
            allowsInject: try reading.boolean("allow_inject"))
    }

    private func settings(_ reading: SectionReading) throws(SectionReading.Absent)
        -> RecordSettings
    {
        RecordSettings(
            directory: try reading.locatedText("directory"),
            maxFileMebibytes: try reading.integer("max_file_mb"),
            every: try reading.integer("every"))
    }
}
