import Control
package import Realtime

/// The life of a TCLab on its own thread: find it, ask it in every cycle, find it again.
///
/// Nothing here runs on the tick; the mailboxes are the only thing shared with it.
package struct TCLabAcquisition<Calls: TerminalCalls>: ~Copyable, Sendable {
    /// The speeds of the supported firmwares: from 1.2.3 on, and before.
    package static var bauds: InlineArray<2, UInt32> { [115_200, 9_600] }

    private let settings: TCLabSettings
    private let monitor: TCLabMonitor
    private let stop: StopFlag
    private let calls: Calls
    private var channels: TCLabChannels
    private var baudIndex = 0
    private var retryNanoseconds = TCLabTiming.firstRetry
    private var hasOpened = false
    private var hasHadBoard = false
    private var isConfirmedOff = false

    package init(
        settings: TCLabSettings, channels: consuming TCLabChannels, monitor: TCLabMonitor,
        stop: StopFlag, calls: Calls
    ) {
        self.settings = settings
        self.channels = channels
        self.monitor = monitor
        self.stop = stop
        self.calls = calls
    }

    /// Runs until the stop flag is raised, and leaves with the heaters off if there is a board: one
    /// that does not confirm it, or is gone, is opened anew until `TCLabTiming.endLimit` has
    /// passed.
    package mutating func run() {
        while !stop.isRaised {
            isConfirmedOff = false
            do {
                try visit()
            } catch {
                channels.lose()
                if case .notOpened(let errno) = error {
                    monitor.set(.absent(errno: errno))
                } else {
                    monitor.set(.lost)
                }
                retry()
            }
        }
        channels.lose()
        if !isConfirmedOff, hasOpened {
            isConfirmedOff = TCLabSafe.insist(
                path: settings.path, baud: Self.bauds[baudIndex], calls: calls,
                untilNanoseconds: calls.nowNanoseconds + TCLabTiming.endLimit
                    - TCLabTiming.stopLimit)
        }
        monitor.set(.stopped(confirmed: isConfirmedOff))
    }

    /// One visit to a board, from opening the line to letting it go.
    private mutating func visit() throws(SerialFault) {
        let port = try SerialPort(
            path: settings.path, baud: Self.bauds[baudIndex], calls: calls)
        monitor.set(.opening)
        hasOpened = true
        var conversation = TCLabConversation(
            port: port, deadlineNanoseconds: settings.deadlineNanoseconds, monitor: monitor,
            stop: stop)
        switch try conversation.identify() {
        case .success(let firmware):
            monitor.set(.running(firmware))
            if hasHadBoard { monitor.count { $0.reconnects += 1 } }
            hasHadBoard = true
            retryNanoseconds = TCLabTiming.firstRetry
            try serve(firmware, &conversation)
            isConfirmedOff = conversation.shutDown()
        case .failure(let refusal):
            channels.lose()
            isConfirmedOff = conversation.shutDown()
            guard !stop.isRaised else { return }
            monitor.set(.refused(refusal))
            switch refusal {
            case .silent, .foreign:
                // Perhaps it speaks at the other speed.
                baudIndex = 1 - baudIndex
                retry()
            case .sleeps, .tooOld, .floods:
                pause(until: calls.nowNanoseconds + TCLabTiming.refusedRetry)
            }
        }
    }

    /// Cycles until the stop flag is raised, or the board has made no sense for too long.
    private mutating func serve(
        _ firmware: TCLabFirmware, _ conversation: inout TCLabConversation<Calls>
    ) throws(SerialFault) {
        var inStepNanoseconds = calls.nowNanoseconds
        var due = inStepNanoseconds
        while !stop.isRaised {
            try sample(firmware, &conversation)
            try channels.q1.drive(.q1, firmware, &conversation, monitor)
            try channels.q2.drive(.q2, firmware, &conversation, monitor)
            let now = calls.nowNanoseconds
            if conversation.isInStep { inStepNanoseconds = now }
            guard now - inStepNanoseconds <= TCLabTiming.silenceLimit else {
                channels.lose()
                monitor.set(.lost)
                return
            }
            // A cycle that took too long moves those after it: requests are never bunched.
            due = max(due + settings.cycleNanoseconds, now)
            pause(until: due)
        }
    }

    private mutating func sample(
        _ firmware: TCLabFirmware, _ conversation: inout TCLabConversation<Calls>
    ) throws(SerialFault) {
        do {
            if !conversation.isInStep { try conversation.getInStep() }
            let sample = try conversation.sample(firmware)
            channels.publish(t1: sample.t1, t2: sample.t2)
        } catch .timedOut {
            channels.publish(.stale)
        } catch .malformed {
            channels.publish(.malformed)
        }
    }

    private mutating func retry() {
        pause(until: calls.nowNanoseconds + retryNanoseconds)
        retryNanoseconds = min(2 * retryNanoseconds, TCLabTiming.lastRetry)
    }

    /// Sleeps, but not for long after the stop flag was raised.
    private func pause(until deadline: UInt64) {
        while !stop.isRaised, calls.nowNanoseconds < deadline {
            calls.sleep(
                untilNanoseconds: min(deadline, calls.nowNanoseconds + TCLabTiming.stopStep))
        }
    }
}

extension DeviceOutput {
    /// Sends the level that is due, whether it has changed or not, and compares the answer.
    fileprivate mutating func drive<Calls>(
        _ heater: TCLabHeater, _ firmware: TCLabFirmware,
        _ conversation: inout TCLabConversation<Calls>, _ monitor: TCLabMonitor
    ) throws(SerialFault) {
        let due = level(nowNanoseconds: conversation.nowNanoseconds)
        if due.hasJustExpired { monitor.count { $0.expiries += 1 } }
        let sent = TCLabLevel(due.level, decimals: firmware.levelDecimals)
        do {
            guard conversation.isInStep else {
                try conversation.sendUnheard(.level(heater, sent))
                miss()
                return
            }
            let isAsSent = try conversation.set(heater, to: sent)
            if !isAsSent { monitor.count { $0.mismatches += 1 } }
            confirm(asSent: isAsSent, nowNanoseconds: conversation.nowNanoseconds)
        } catch .timedOut {
            miss()
        } catch .malformed {
            miss()
        }
    }
}
