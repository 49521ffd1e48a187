import CRealtime
import Configuration
import Devices
import FixedPoint
import Glibc
import ModelFile
import Realtime
import Service

/// The devices of a configuration, opened once and stopped on every way out.
final class Hardware {
    private var labs: [TCLabHolder?]
    private let boards: Boards
    private let settings: Settings

    /// Composes the devices; nothing is opened yet.
    init(_ settings: Settings, root: String) throws(HardwareFault) {
        self.settings = settings
        labs = []
        boards = Boards(settings, root: root)
        for (index, device) in settings.devices.enumerated() {
            guard case .tclab(let path, let deadline) = device.driver else {
                labs.append(nil)
                continue
            }
            let ages = settings.actuators.filter { $0.device.index == index }
                .map { UInt64($0.maxAgeMilliseconds) * 1_000_000 }
            let cycle = Self.cycleNanoseconds(settings, shortestAge: ages.min())
            do throws(TCLabSettingsFault) {
                let lab = try TCLabSettings(
                    path: path.value, deadlineNanoseconds: UInt64(deadline) * 1_000_000,
                    cycleNanoseconds: cycle)
                labs.append(TCLabHolder(name: device.name, TCLabDevice(lab)))
            } catch {
                throw HardwareFault(device: device.name, reason: "\(error)")
            }
        }
    }

    private static func cycleNanoseconds(_ settings: Settings, shortestAge: UInt64?) -> UInt64 {
        let period = UInt64(settings.periodMilliseconds) * 1_000_000
        return TCLabSettings.defaultCycleNanoseconds(
            periodNanoseconds: period, shortestMaximumAgeNanoseconds: shortestAge ?? period)
    }

    /// The port of a sensor or an interlock on hardware, by its place in `Settings.inputs`.
    func sensor(_ index: Int) throws(HardwareFault) -> SensorPort {
        let sensor = settings.inputs[index]
        if let port = boards.sensor(index) { return .device(port) }
        guard let lab = labs[sensor.device.index],
            let temperature = TCLabTemperature(rawValue: sensor.channel.value)
        else {
            throw HardwareFault(
                device: sensor.device.name, reason: "has no \(sensor.channel.value)")
        }
        do throws(TCLabSettingsFault) {
            return .device(try lab.device.sensor(temperature))
        } catch {
            throw HardwareFault(device: lab.name, reason: "\(error)")
        }
    }

    /// The port of an actuator on hardware.
    func actuator(_ index: Int) throws(HardwareFault) -> ActuatorPort {
        let actuator = settings.actuators[index]
        if let port = boards.actuator(index) { return .device(port) }
        guard let lab = labs[actuator.device.index],
            let heater = TCLabHeater(rawValue: actuator.channel.value),
            let safe = Q16_16(actuator.safe)
        else {
            throw HardwareFault(
                device: actuator.device.name, reason: "has no \(actuator.channel.value)")
        }
        do throws(TCLabSettingsFault) {
            return .device(
                try lab.device.actuator(
                    heater, safeLevel: safe,
                    maximumAgeNanoseconds: UInt64(actuator.maxAgeMilliseconds) * 1_000_000))
        } catch {
            throw HardwareFault(device: lab.name, reason: "\(error)")
        }
    }

    /// Holds the actuators that no loop drives at their safe levels.
    func holdOthers() throws(HardwareFault) {
        let driven = Set(settings.loops.compactMap { $0.actuator?.index })
        for (index, actuator) in settings.actuators.enumerated() where !driven.contains(index) {
            guard let lab = labs[actuator.device.index] else { continue }
            guard let heater = TCLabHeater(rawValue: actuator.channel.value),
                let safe = Q16_16(actuator.safe)
            else {
                throw HardwareFault(
                    device: actuator.device.name, reason: "has no \(actuator.channel.value)")
            }
            do throws(TCLabSettingsFault) {
                try lab.device.hold(heater, at: safe)
            } catch {
                throw HardwareFault(device: lab.name, reason: "\(error)")
            }
        }
    }

    /// Starts every device and waits until each answers. The owner stops them, also when one does
    /// not.
    func start(unless isStopped: () -> Bool) throws(HardwareFault) {
        try boards.start()
        for lab in labs {
            guard let lab else { continue }
            do throws(ThreadFault) {
                try lab.device.start()
            } catch {
                throw HardwareFault(device: lab.name, reason: "\(error)")
            }
        }
        for lab in labs {
            guard let lab else { continue }
            try wait(for: lab, unless: isStopped)
        }
        try boards.waitUntilRunning(unless: isStopped)
    }

    /// A board needs seconds to start, and one that says nothing may speak at the other speed: both
    /// are asked again until the time is up. A firmware that is not driven is refused at once.
    private func wait(for lab: TCLabHolder, unless isStopped: () -> Bool) throws(HardwareFault) {
        let limit = MonotonicClock.nowNanoseconds + 10_000_000_000
        while true {
            let status = lab.device.monitor.status
            switch status {
            case .running(let firmware):
                Log.write(
                    .info, "\(lab.name): \(firmware.text) at \(lab.device.settings.path)",
                    .deviceAnswers, fields: ["device": lab.name])
                return
            case .refused(let refusal) where refusal.isFinal:
                throw HardwareFault(device: lab.name, reason: refusal.description)
            default: break
            }
            if isStopped() { return }
            guard MonotonicClock.nowNanoseconds < limit else {
                throw HardwareFault(device: lab.name, reason: Self.text(status))
            }
            usleep(20_000)
        }
    }

    /// How the devices ended.
    enum End {
        /// Every device confirmed that its outputs are safe.
        case confirmed
        /// One did not.
        case unconfirmed
        /// The thread of a device hangs, so that nobody may wait for it.
        case hung
    }

    /// Turns everything off, all devices at the same time; says what could not be confirmed until
    /// then.
    func stop(byNanoseconds deadline: UInt64) -> End {
        for lab in labs { lab?.device.requestStop() }
        boards.requestStop()
        var end = boards.stop(byNanoseconds: deadline)
        for lab in labs {
            guard let lab else { continue }
            guard lab.device.hasEnded(byNanoseconds: deadline) else {
                end = .hung
                // Unheard, but perhaps the line still takes them.
                flyball_rt_last_words_say()
                Log.write(
                    .alert, "\(lab.name): its driver hangs; the heaters may be on: check it",
                    .outputsUnconfirmed, fields: ["device": lab.name])
                continue
            }
            if lab.device.stop() {
                Log.write(
                    .info, "\(lab.name): heaters off, confirmed", .outputsOff,
                    fields: ["device": lab.name])
            } else {
                if end == .confirmed { end = .unconfirmed }
                Log.write(
                    .alert,
                    "\(lab.name): the board did not confirm that its heaters are off: check it",
                    .outputsUnconfirmed, fields: ["device": lab.name])
            }
        }
        return end
    }

    /// Says what changed since the last call.
    func logChanges() {
        boards.logChanges()
        for lab in labs {
            guard let lab, lab.device.monitor.status != lab.lastStatus else { continue }
            lab.lastStatus = lab.device.monitor.status
            if case .running = lab.lastStatus {
                Log.write(
                    .notice, "\(lab.name): answers", .deviceAnswers, fields: ["device": lab.name])
            } else {
                Log.write(
                    .warning, "\(lab.name): \(Self.text(lab.lastStatus))", .deviceLost,
                    fields: ["device": lab.name])
            }
        }
    }

    private static func text(_ status: TCLabStatus) -> String {
        switch status {
        case .idle: "not started"
        case .opening: "opening"
        case .absent(let code): "cannot be opened: " + (unsafe String(cString: strerror(code)))
        case .refused(let refusal): refusal.description
        case .running(let firmware): firmware.text
        case .lost: "lost; looking for it"
        case .stopped(let confirmed): confirmed ? "stopped" : "stopped, not confirmed"
        }
    }
}

/// A device that cannot be used, and why.
struct HardwareFault: Error {
    let device: String
    let reason: String
}

/// Gives a noncopyable device a place in an array.
private final class TCLabHolder {
    let name: String
    var device: TCLabDevice
    var lastStatus = TCLabStatus.idle

    init(name: String, _ device: consuming TCLabDevice) {
        self.name = name
        self.device = device
    }
}
