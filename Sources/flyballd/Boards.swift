import Assembly
import CRealtime
import Configuration
import Control
import Devices
import Glibc
import Realtime
import Service

/// The devices of a configuration that are served by GPIO lines, files and serial lines.
final class Boards {
    private let settings: Settings
    /// By the places of the devices; `nil` for devices of another kind.
    private let boards: [Board?]
    private var lastStatuses: [BoardStatus]

    /// Composes them; nothing is opened yet.
    init(_ settings: Settings, root: String) {
        self.settings = settings
        boards = settings.devices.indices.map { Board(settings, device: $0, root: root) }
        lastStatuses = boards.map { _ in .opening }
    }

    /// The port of a sensor or an interlock; `nil` when it is not on a board, or was given out before.
    func sensor(_ index: Int) -> DeviceSensor? {
        boards[settings.inputs[index].device.index]?.sensor(index)
    }

    func actuator(_ index: Int) -> DeviceActuator? {
        boards[settings.actuators[index].device.index]?.actuator(index)
    }

    func start() throws(HardwareFault) {
        for board in boards {
            guard let board else { continue }
            do throws(ThreadFault) {
                try board.device.start()
            } catch {
                throw HardwareFault(device: board.name, reason: "\(error)")
            }
        }
    }

    /// What does not work within `BoardTiming.startLimit` is absent; a device that has to start first gets
    /// its time.
    func waitUntilRunning(unless isStopped: () -> Bool) throws(HardwareFault) {
        let begin = MonotonicClock.nowNanoseconds + BoardTiming.startLimit
        for (index, board) in boards.enumerated() {
            guard let board else { continue }
            let limit = begin + board.device.settleNanoseconds
            while board.device.monitor.status != .running {
                if isStopped() { return }
                guard MonotonicClock.nowNanoseconds < limit else {
                    throw HardwareFault(
                        device: board.name, reason: Self.text(board.device.monitor.status))
                }
                usleep(5_000)
            }
            lastStatuses[index] = .running
            Log.write(
                .info, "\(board.name): ready", .deviceAnswers, fields: ["device": board.name])
        }
    }

    /// Returns at once.
    func requestStop() {
        for board in boards { board?.device.requestStop() }
    }

    func stop(byNanoseconds deadline: UInt64) -> Hardware.End {
        var end = Hardware.End.confirmed
        for board in boards {
            guard let board else { continue }
            guard board.device.hasEnded(byNanoseconds: deadline) else {
                end = .hung
                // Past its thread, which hangs: its lines and files take them all the same.
                flyball_rt_last_words_say()
                Log.write(
                    .alert, "\(board.name): its driver hangs; check its outputs",
                    .outputsUnconfirmed, fields: ["device": board.name])
                continue
            }
            guard !board.device.stop() else {
                Log.write(
                    .info, "\(board.name): outputs safe", .outputsOff,
                    fields: ["device": board.name])
                continue
            }
            if end == .confirmed { end = .unconfirmed }
            Log.write(
                .alert, "\(board.name): not every output took its safe level: check them",
                .outputsUnconfirmed, fields: ["device": board.name])
        }
        return end
    }

    /// Says what changed since the last call.
    func logChanges() {
        for (index, board) in boards.enumerated() {
            guard let board, board.device.monitor.status != lastStatuses[index] else { continue }
            lastStatuses[index] = board.device.monitor.status
            let isWell = lastStatuses[index] == .running
            Log.write(
                isWell ? .notice : .warning, "\(board.name): \(Self.text(lastStatuses[index]))",
                isWell ? .deviceAnswers : .deviceLost, fields: ["device": board.name])
        }
    }

    private static func text(_ status: BoardStatus) -> String {
        switch status {
        case .opening: "not all of it answers yet"
        case .running: "all of it answers"
        case .faulted(let unit, let fault): "\(unit): \(fault)"
        case .stopped(let confirmed): confirmed ? "stopped" : "stopped, not confirmed"
        }
    }
}
