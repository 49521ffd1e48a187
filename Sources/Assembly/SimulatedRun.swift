package import Configuration
package import Control
import FixedPoint
import ModelFile
import Plants
package import Simulation

/// A run of a configuration on its simulated plant, tick by tick, as fast as the machine can.
///
/// The same loop, the same ports and the same inputs as on hardware; only the clock is simulated.
package struct SimulatedRun {
    package let settings: Settings
    package let controllers: Controllers
    package let plant: SimulatedPlant
    private let plans: [SetpointPlan]
    private let interlocks: InterlockPlan
    private var orders: [LoopOrders]
    private var sensors: [SimulatedSensor]
    /// The second sensors of the loops that have one.
    private var seconds: [SimulatedSensor?]
    /// The sensors of the feed-forwards.
    private var feeds: [SimulatedSensor?]
    /// `nil` for a loop that commands another one.
    private var actuators: [SimulatedActuator?]
    private var setpoint = SetpointPort()
    private var schedules: [LoopSchedule]
    private let links: CascadeLinks
    private var tick: UInt64 = 0

    /// - Parameters:
    ///   - law: replaces the law of every loop.
    ///   - seed: replaces the seed of the configuration.
    package init(
        _ settings: Settings, law: Law? = nil, seed: UInt64? = nil
    ) throws(AssemblyError) {
        self.settings = settings
        controllers = try Controllers(settings)
        do throws(ConfigurationError) {
            plant = try Self.plant(settings, seed: seed)
        } catch {
            throw .configuration(error)
        }
        plans = settings.loops.indices.map {
            SetpointPlan(settings, loop: $0, withEvents: true)
        }
        interlocks = InterlockPlan(settings)
        orders = settings.loops.map {
            LoopOrders(configured: (law ?? $0.law) == .learned ? .learned : .fallback)
        }
        let plant = plant
        sensors = settings.loops.map { SimulatedSensor(plant, index: $0.sensor.index) }
        seconds = settings.loops.map {
            $0.guards.redundant.map { SimulatedSensor(plant, index: $0.sensor.index) }
        }
        feeds = settings.loops.map {
            $0.feedForward.map { SimulatedSensor(plant, index: $0.sensor.index) }
        }
        actuators = settings.loops.map {
            $0.actuator.map { SimulatedActuator(plant, index: $0.index) }
        }
        schedules = settings.loops.indices.map { LoopSchedule(settings, loop: $0) }
        links = CascadeLinks(settings)
    }

    /// The plant of a configuration; its faults name the place in the file.
    package static func plant(
        _ settings: Settings, seed: UInt64?
    ) throws(ConfigurationError) -> SimulatedPlant {
        let scenario = try Scenario(settings, seed: seed)
        do throws(SimulationFault) {
            return try SimulatedPlant(scenario)
        } catch {
            throw settings.error(
                at: place(of: error, settings), key: "simulation", found: "\(error)")
        }
    }

    /// Where the file says what a plant refuses: a parameter's own place, else that of the plant.
    private static func place(of fault: SimulationFault, _ settings: Settings) -> Position {
        let parameters = settings.simulation?.parameters ?? []
        let place: Position?
        switch fault {
        case .plant(.unknownParameter(_, let name, _)):
            place = parameters.first { $0.name == name }?.namePosition
        case .plant(.parameterOutOfRange(_, let name, _, _)),
            .plant(.parameterNotWhole(_, let name, _)):
            place = parameters.first { $0.name == name }?.position
        default: place = nil
        }
        return place ?? settings.simulation?.plant.position ?? .start
    }

    /// Takes a request between two ticks. A drill is none of a simulation, which has its events.
    package mutating func take(_ request: LoopRequest) {
        orders[Int(request.loop)].take(request)
    }

    /// A loop after its tick, as a running daemon reports it.
    package func status(_ record: TickRecord) -> LoopStatus {
        LoopStatus(record, orders[Int(record.loop)])
    }

    /// One tick of every loop, then one period of the plant.
    ///
    /// - Parameter body: is given each loop's record and the noise-free output that its sensor looks
    ///   at, as it was when the tick began.
    package mutating func step(_ body: (TickRecord, Double) -> Void) {
        for index in links.order {
            guard let due = schedules[index].due(tick) else { continue }
            let truth = plant.truth(ofSensor: settings.loops[index].sensor.index)
            let record = stepLoop(index, tick: due.index)
            links.take(record, loop: index)
            body(record, truth)
        }
        plant.advance()
        tick += 1
    }

    private mutating func stepLoop(_ index: Int, tick: UInt64) -> TickRecord {
        let instance = controllers.instances[index]
        var context = TickInput(
            tick: tick, timeNanoseconds: plant.nowNanoseconds, missedPeriods: 0, reading: nil,
            readFault: nil, actuatorFault: nil,
            target: plans[index].target(at: plant.nowNanoseconds), requested: .safe)
        orders[index].fill(&context)
        links.fill(&context, loop: index, isOnItsOwn: orders[index].isOnItsOwn)
        context.interlocksOpen =
            interlocks.open(atNanoseconds: plant.nowNanoseconds)
            & settings.interlocks(ofLoop: index)
        if var second = seconds[index] { context.readCheck(of: &second) }
        if var feed = feeds[index] { context.readFeed(of: &feed) }
        guard var actuator = actuators[index] else {
            return instance.loop.tick(context, sensor: &sensors[index], actuator: &setpoint)
        }
        return instance.loop.tick(context, sensor: &sensors[index], actuator: &actuator)
    }
}
