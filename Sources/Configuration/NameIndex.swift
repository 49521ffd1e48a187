/// The names that the tables of a file give themselves, gathered before anything is checked, so
/// that a reference can be judged wherever it stands.
struct NameIndex {
    private var names: [Section.Name: [String]] = [:]
    private var drivers: [String: String] = [:]
    private var sensorUnits: [String: Unit] = [:]
    private var actuatorUnits: [String: Unit] = [:]
    private var loopSensors: [String: String] = [:]
    /// Units of all sensors in the order of the file, each once.
    private(set) var allSensorUnits: [Unit] = []

    init(_ root: TOMLTable) {
        for section in [Section.Name.device, .sensor, .actuator, .loop, .interlock] {
            guard case .array(let nodes) = root[section.key]?.node.value else { continue }
            for node in nodes.prefix(64) {
                guard case .table(let table) = node.value, let name = table.text("name")
                else { continue }
                names[section, default: []].append(name)
                addFacts(section, name, table)
            }
        }
    }

    /// Names of a section's tables in the order of the file.
    func names(_ section: Section.Name) -> [String] {
        names[section] ?? []
    }

    func driver(ofDevice name: String?) -> String? {
        name.flatMap { drivers[$0] }
    }

    func unit(ofSensor name: String?) -> Unit? {
        name.flatMap { sensorUnits[$0] }
    }

    func unit(ofActuator name: String?) -> Unit? {
        name.flatMap { actuatorUnits[$0] }
    }

    func unit(ofLoop name: String?) -> Unit? {
        unit(ofSensor: name.flatMap { loopSensors[$0] })
    }

    private mutating func addFacts(_ section: Section.Name, _ name: String, _ table: TOMLTable) {
        let unit = table.text("unit").flatMap { Unit($0) }
        switch section {
        case .device:
            if drivers[name] == nil { drivers[name] = table.text("driver") }
        case .sensor:
            if sensorUnits[name] == nil { sensorUnits[name] = unit }
            if let unit, !allSensorUnits.contains(unit) { allSensorUnits.append(unit) }
        case .actuator:
            if actuatorUnits[name] == nil { actuatorUnits[name] = unit }
        case .loop:
            if loopSensors[name] == nil { loopSensors[name] = table.text("sensor") }
        default:
            break
        }
    }
}
