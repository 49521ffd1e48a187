import Realtime

/// The kernel's clock.
package struct SystemBoardClock: BoardClock {
    package init() {}

    package var nowNanoseconds: UInt64 { MonotonicClock.nowNanoseconds }

    package func sleep(untilNanoseconds deadline: UInt64) {
        MonotonicClock.sleep(untilNanoseconds: deadline)
    }
}
