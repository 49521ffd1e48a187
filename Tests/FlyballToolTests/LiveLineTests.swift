import Foundation
import Testing
@testable import flyball

@Suite("How far long work is")
struct LiveLineTests {
    private let begun = Date(timeIntervalSinceReferenceDate: 0)

    private func shown(isTerminal: Bool, until end: Int) -> [Double] {
        var line = LiveLine(isTerminal: isTerminal, at: begun)
        return (0...end).map { 0.1 * Double($0) }.filter { seconds in
            line.isDue(at: begun.addingTimeInterval(seconds))
        }
    }

    @Test("a terminal says nothing of what ends within two seconds, then is kept up to date")
    func terminal() {
        #expect(shown(isTerminal: true, until: 19).isEmpty)
        // Every 0.2 s for 3 s; where tenths are rounded down, the next one is 0.3 s later.
        let times = shown(isTerminal: true, until: 50)
        #expect(times.first == 2 && times.count >= 10 && times.count <= 16)
    }

    @Test("a log gets a line a minute")
    func log() {
        #expect(shown(isTerminal: false, until: 599).isEmpty)
        #expect(shown(isTerminal: false, until: 1_900).map { $0.rounded() } == [60, 120, 180])
    }

    @Test("the line names the work, what it has come to, and how long it will take")
    func words() {
        #expect(
            Progress.text("training", done: 30, total: 120, note: "cost 0.8", secondsLeft: 300)
                == "training 25 %, cost 0.8, 5.00 min left")
        #expect(
            Progress.text("simulate", done: 0, total: 0, note: nil, secondsLeft: nil)
                == "simulate 0 %")
    }
}
