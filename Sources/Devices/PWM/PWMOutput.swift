import Glibc

/// A channel of `/sys/class/pwm` that an actuator drives.
///
/// The kernel keeps a channel running after the process that set it has died. At every way out of the
/// thread it is driven to the safe level, and switched off when that has no pulse. A channel that another
/// process holds is left alone.
package final class PWMOutput<Calls: FileCalls>: BoardUnit {
    package let channel: OutputChannel
    package var name: String { channel.name }
    package var hasOutputs: Bool { true }

    private let chip: String
    private let number: UInt32
    private let pulse: PWMPulse
    private let cycleNanoseconds: UInt64
    private let calls: Calls
    /// The pulse that was written last; `nil` when the channel is not open.
    private var written: UInt64?
    /// While it is held it is this process's to stop and to drive.
    private var lock: Int32?
    private var lastWords: Int32?

    /// - Parameters:
    ///   - chip: its directory, as `/sys/class/pwm/pwmchip0`.
    ///   - cycleNanoseconds: a command is taken that late at most.
    package init(
        _ channel: OutputChannel, chip: String, number: UInt32, _ pulse: PWMPulse,
        cycleNanoseconds: UInt64, calls: Calls
    ) {
        self.channel = channel
        self.chip = chip
        self.number = number
        self.pulse = pulse
        self.cycleNanoseconds = cycleNanoseconds
        self.calls = calls
    }

    private func path(_ file: String) -> String { "\(chip)/pwm\(number)/\(file)" }

    private var safePulse: UInt64 { pulse.nanoseconds(fraction: channel.safeFraction) }

    package func open(nowNanoseconds now: UInt64) throws(BoardFault) {
        do throws(CallFault) {
            try calls.write("\(chip)/export", "\(number)")
        } catch {
            // Exported before, perhaps by a process that died.
            guard error.errno == EBUSY else { throw BoardFault("\(chip)/export", error) }
        }
        try hold()
        try arm()
        // A duty longer than the period, and a change of polarity while it runs, are refused by the
        // kernel: so it is stopped, and built up again.
        try stop()
        if try read("duty_cycle") != "0" { try write("duty_cycle", "0") }
        try write("period", "\(pulse.periodNanoseconds)")
        try setPolarity()
        try write("duty_cycle", "\(safePulse)")
        try write("enable", "1")
        written = safePulse
    }

    /// The files of a channel get their permissions from udev a while after the export: until then
    /// this fails, and the unit is opened again.
    private func hold() throws(BoardFault) {
        do throws(CallFault) {
            lock = try calls.hold(path("enable"))
        } catch {
            throw BoardFault(path("enable"), error)
        }
    }

    /// Some channels know one polarity only: it is written when it is another.
    private func setPolarity() throws(BoardFault) {
        let wanted = pulse.isInversed ? "inversed" : "normal"
        if try read("polarity") != wanted { try write("polarity", wanted) }
    }

    private func stop() throws(BoardFault) {
        do throws(CallFault) {
            try calls.write(path("enable"), "0")
        } catch {
            // Older kernels refuse even this while no period is set: then it does not run.
            guard error.errno == EINVAL else { throw BoardFault(path("enable"), error) }
        }
    }

    /// A crash then does what the end does; one file is enough for it.
    private func arm() throws(BoardFault) {
        let words = safePulse == 0 ? ("enable", "0") : ("duty_cycle", "\(safePulse)")
        do throws(CallFault) {
            lastWords = try calls.arm(path(words.0), words.1)
        } catch {
            throw BoardFault(path(words.0), error)
        }
    }

    package func serve(nowNanoseconds now: UInt64) throws(BoardFault) -> UInt64 {
        let due = pulse.nanoseconds(fraction: channel.due(nowNanoseconds: now))
        if due != written {
            try write("duty_cycle", "\(due)")
            written = due
        }
        channel.confirm(nowNanoseconds: now)
        return now + cycleNanoseconds
    }

    package func lose() {
        channel.lose()
        // It may be gone, or only refuse: what can be done is tried.
        if lock != nil { try? end() }
        letGo()
    }

    package func close() -> Bool {
        do throws(BoardFault) {
            try end()
        } catch {
            return false
        }
        letGo()
        return true
    }

    private func letGo() {
        if let lastWords { calls.disarm(lastWords) }
        if let lock { calls.release(lock) }
        lastWords = nil
        lock = nil
        written = nil
    }

    private func end() throws(BoardFault) {
        guard safePulse == 0 else {
            try write("duty_cycle", "\(safePulse)")
            // It may have been stopped, and not yet started again.
            return try write("enable", "1")
        }
        // Off is what counts, whether the duty is taken or not.
        try? write("duty_cycle", "0")
        try write("enable", "0")
    }

    private func read(_ file: String) throws(BoardFault) -> String {
        do throws(CallFault) {
            return try calls.read(path(file))
        } catch {
            throw BoardFault(path(file), error)
        }
    }

    private func write(_ file: String, _ text: String) throws(BoardFault) {
        do throws(CallFault) {
            try calls.write(path(file), text)
        } catch {
            throw BoardFault(path(file), error)
        }
    }
}
