import Testing

import Plants

@Suite("Plant catalog")
struct PlantCatalogTests {
    @Test("the names are those of the documentation")
    func names() {
        #expect(
            PlantCatalog.names == [
                "fopdt", "lag", "underdamped", "integrator", "inverse-response", "tclab", "heater",
                "motor", "tank", "quadruple-tank", "cstr", "jacket",
            ])
    }

    @Test("an entry describes the plant it makes", arguments: PlantCatalog.names)
    func entryDescribes(name: String) throws {
        let entry = try PlantCatalog.entry(named: name)
        let plant = try PlantCatalog.plant(named: name)
        #expect(entry.name == name)
        #expect(!entry.summary.isEmpty)
        #expect(entry.inputs == plant.inputs)
        #expect(entry.outputs == plant.outputs)
        #expect(entry.inputs.count == entry.outputs.count)
        #expect(entry.initialOutput.count == entry.outputs.count)
        #expect(entry.initialInput.count == entry.inputs.count)
        #expect(entry.parameters.contains { $0.name == "dead_time_s" })
        for parameter in entry.parameters {
            #expect(parameter.range.contains(parameter.defaultValue), "\(parameter.name)")
        }
        #expect(Set(entry.parameters.map(\.name)).count == entry.parameters.count)
        for (value, signal) in zip(entry.initialOutput, entry.outputs) {
            #expect(signal.range.contains(value))
        }
        for (value, signal) in zip(entry.initialInput, entry.inputs) {
            #expect(signal.range.contains(value))
        }
    }

    @Test("every parameter reaches the plant", arguments: PlantKind.allCases)
    func everyParameterActs(kind: PlantKind) throws {
        let plain = try response(kind, [:])
        for parameter in kind.parameters {
            let lower = 0.6 * parameter.defaultValue + 0.4 * parameter.range.lowerBound
            let changed =
                parameter.isWhole || parameter.defaultValue == parameter.range.lowerBound
                ? parameter.defaultValue + 1 : lower
            let response = try response(kind, [parameter.name: changed])
            #expect(response != plain, "\(kind.rawValue).\(parameter.name)")
        }
    }

    @Test("each end of a parameter's range makes a plant", arguments: PlantKind.allCases)
    func rangeEndsBuild(kind: PlantKind) throws {
        for parameter in kind.parameters {
            for value in [parameter.range.lowerBound, parameter.range.upperBound] {
                let plant = try PlantCatalog.plant(
                    kind, parameters: [parameter.name: value], in: Double.self)
                #expect(plant.maximumSubstepSeconds > 0)
            }
        }
    }

    @Test("a value outside its range is refused, with the range", arguments: PlantKind.allCases)
    func outOfRange(kind: PlantKind) {
        for parameter in kind.parameters {
            let (low, high) = (parameter.range.lowerBound, parameter.range.upperBound)
            for value in [low.nextDown, high.nextUp, .infinity, -.infinity] {
                let expected = PlantFault.parameterOutOfRange(
                    plant: kind.rawValue, parameter: parameter.name, found: value,
                    allowed: parameter.range)
                #expect(throws: expected) {
                    try PlantCatalog.plant(
                        kind, parameters: [parameter.name: value], in: Double.self)
                }
            }
            #expect(throws: PlantFault.self) {
                try PlantCatalog.plant(kind, parameters: [parameter.name: .nan], in: Double.self)
            }
        }
    }

    @Test("an unknown name is refused, with the known ones")
    func unknownName() {
        #expect(throws: PlantFault.unknownPlant(found: "oven", allowed: PlantCatalog.names)) {
            try PlantCatalog.plant(named: "oven")
        }
        let fault = PlantFault.unknownPlant(found: "oven", allowed: ["tclab", "heater"])
        #expect(fault.description == "unknown plant 'oven'; allowed: tclab, heater")
    }

    @Test("an unknown parameter is refused, with the known ones")
    func unknownParameter() {
        let expected = PlantFault.unknownParameter(
            plant: "fopdt", found: "tau", allowed: ["gain", "time_s", "dead_time_s"])
        #expect(throws: expected) {
            try PlantCatalog.plant(named: "fopdt", parameters: ["tau": 1])
        }
    }

    @Test("half an order is refused")
    func fractionalOrder() {
        let expected = PlantFault.parameterNotWhole(plant: "lag", parameter: "order", found: 2.5)
        #expect(throws: expected) {
            try PlantCatalog.plant(named: "lag", parameters: ["order": 2.5])
        }
    }

    @Test("quadruple-tank valves that couple the levels have no steady state to start from")
    func noEquilibrium() throws {
        let plant = try PlantCatalog.plant(
            named: "quadruple-tank", parameters: ["valve_1": 0.4, "valve_2": 0.6])
        #expect(throws: PlantFault.noEquilibrium) { try PlantSimulation(plant, periodSeconds: 1) }
    }

    /// The output some periods after a step. The period is that of the defaults: one that followed
    /// the parameters would hide a change of the time scale.
    private func response(_ kind: PlantKind, _ parameters: [String: Double]) throws -> [Double] {
        let plant = try PlantCatalog.plant(kind, parameters: parameters, in: Double.self)
        var simulation = try PlantSimulation(
            plant, periodSeconds: PlantCatalog.entry(named: kind.rawValue).typicalPeriodSeconds)
        let input = plant.inputs.map { $0.range.upperBound * 0.7 }
        let load = [Double](repeating: 0, count: input.count)
        for _ in 0..<20 { simulation.step(input: input.span, load: load.span) }
        return plant.outputs.indices.map { simulation.output($0) }
    }
}
