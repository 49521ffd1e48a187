/// Turns a level between 0 and 1 into switching: on for that part of each window.
///
/// What a window cannot give, because the time on or off would be shorter than allowed, is carried
/// to the next one, so that the mean is right. Level 0 turns off at once, whatever the shortest time
/// on: off is the safe direction of a heater. Every other change waits for the shortest times.
package struct TimeProportion: Sendable {
    package let windowNanoseconds: UInt64
    package let shortestOnNanoseconds: UInt64
    package let shortestOffNanoseconds: UInt64

    private var isStarted = false
    private var windowBegin: UInt64 = 0
    /// Time on of this window, counted from its beginning.
    private var onNanoseconds: Double = 0
    /// The level that this window is planned for.
    private var plannedFraction: Double = 0
    /// Time on that the windows before this one owe, or gave too much.
    private var carried: Double = 0
    private var isOn = false
    private var changedNanoseconds: UInt64 = 0

    /// - Precondition: the window is not empty and holds both shortest times.
    package init(
        windowNanoseconds: UInt64, shortestOnNanoseconds: UInt64 = 0,
        shortestOffNanoseconds: UInt64 = 0
    ) {
        precondition(windowNanoseconds > 0)
        precondition(shortestOnNanoseconds + shortestOffNanoseconds <= windowNanoseconds)
        self.windowNanoseconds = windowNanoseconds
        self.shortestOnNanoseconds = shortestOnNanoseconds
        self.shortestOffNanoseconds = shortestOffNanoseconds
    }

    /// Whether the output is on now.
    ///
    /// - Parameter fraction: 0 ... 1, what is due now. A lower one than at the beginning of the window
    ///   shortens the window's time on; a higher one waits for the next, but from 0 begins one.
    package mutating func step(fraction: Double, nowNanoseconds now: UInt64) -> Bool {
        guard fraction > 0 else {
            isStarted = false
            set(false, now)
            return false
        }
        if !isStarted {
            isStarted = true
            carried = 0
            begin(at: now, fraction)
        } else if now - windowBegin >= windowNanoseconds {
            let missed = (now - windowBegin) / windowNanoseconds
            carried = rest
            begin(at: windowBegin + missed * windowNanoseconds, fraction)
        } else if fraction < plannedFraction {
            plannedFraction = fraction
            onNanoseconds = min(onNanoseconds, planned(owed))
        }
        let wanted = Double(now - windowBegin) < onNanoseconds
        let held = isOn ? shortestOnNanoseconds : shortestOffNanoseconds
        // Before the first change nothing is known to have been on.
        if wanted != isOn, changedNanoseconds == 0 || now - changedNanoseconds >= held {
            set(wanted, now)
        }
        return isOn
    }

    /// Drives a level of all or nothing now, whatever the shortest times.
    package mutating func force(_ isOn: Bool, nowNanoseconds now: UInt64) {
        isStarted = false
        set(isOn, now)
    }

    /// When the next change is due, if the level stays.
    package var nextChangeNanoseconds: UInt64 {
        guard isStarted else { return .max }
        let end = windowBegin + windowNanoseconds
        let off = windowBegin + UInt64(max(0, min(onNanoseconds, Double(windowNanoseconds))))
        let due = isOn && off < end ? off : end
        return max(
            due, changedNanoseconds + (isOn ? shortestOnNanoseconds : shortestOffNanoseconds))
    }

    private mutating func begin(at time: UInt64, _ fraction: Double) {
        plannedFraction = fraction
        windowBegin = time
        onNanoseconds = planned(owed)
    }

    private var owed: Double { carried + plannedFraction * Double(windowNanoseconds) }

    /// What this window leaves to the next. Bounded: an output never makes up for more than one
    /// window; and with everything asked for there is nothing to make up for.
    private var rest: Double {
        let window = Double(windowNanoseconds)
        return plannedFraction >= 1 ? 0 : min(max(owed - onNanoseconds, -window), window)
    }

    /// The part of the time owed that one window can give.
    private func planned(_ owed: Double) -> Double {
        let window = Double(windowNanoseconds)
        if owed >= window { return window }
        let shortestOn = Double(shortestOnNanoseconds)
        let longestOn = window - Double(shortestOffNanoseconds)
        if owed <= 0 || owed < shortestOn { return 0 }
        guard owed > longestOn else { return owed }
        // Between the longest time on and the whole window lies nothing: the rest is owed.
        return longestOn
    }

    private mutating func set(_ wanted: Bool, _ now: UInt64) {
        guard wanted != isOn else { return }
        isOn = wanted
        changedNanoseconds = now
    }
}
