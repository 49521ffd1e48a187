import Assembly
import Configuration
import Realtime
import Testing

@Suite("What a configuration asks of the system")
struct RealtimeWishesTests {
    private func wishes(
        periodNanoseconds: UInt64 = 1_000_000_000, _ change: (inout RealtimeSettings) -> Void
    ) throws -> RealtimeWishes {
        var settings = try load(path: Repository.path("configs/demo.toml"))
        change(&settings.realtime)
        return RealtimeWishes(settings, periodNanoseconds: periodNanoseconds)
    }

    @Test("is SCHED_FIFO 50 on any processor with locked memory, when nothing is said")
    func defaults() throws {
        let wishes = try wishes { _ in }
        #expect(wishes.scheduling == .fifo(priority: 50))
        #expect(wishes.processors == nil && wishes.idleLatencyMicroseconds == nil)
        #expect(wishes.locksMemory)
    }

    @Test("is ordinary scheduling at priority 0")
    func ordinary() throws {
        #expect(try wishes { $0.priority = 0 }.scheduling == .ordinary)
    }

    @Test("is the budget in each period under SCHED_DEADLINE")
    func deadline() throws {
        let wishes = try wishes {
            $0.scheduler = .deadline
            $0.budgetMicroseconds = 700
        }
        let expected = DeadlineBudget(
            runtimeNanoseconds: 700_000, deadlineNanoseconds: 1_000_000_000,
            periodNanoseconds: 1_000_000_000)
        #expect(wishes.scheduling == .deadline(expected))
    }

    @Test("has a budget of at most the period that a fast simulation leaves")
    func budget() throws {
        var settings = try load(path: Repository.path("configs/demo.toml"))
        let period = RealtimeWishes.budgetNanoseconds(settings, periodNanoseconds: 50_000)
        #expect(period == 50_000)
        settings.realtime.budgetMicroseconds = 40
        #expect(RealtimeWishes.budgetNanoseconds(settings, periodNanoseconds: 50_000) == 40_000)
        settings.realtime.budgetMicroseconds = 60
        #expect(RealtimeWishes.budgetNanoseconds(settings, periodNanoseconds: 50_000) == 50_000)
    }

    @Test("names the processor and the idle states that were configured")
    func processor() throws {
        let wishes = try wishes {
            $0.processor = 3
            $0.idleLatencyMicroseconds = 20
        }
        #expect(wishes.processors == ProcessorSet([3]))
        #expect(wishes.idleLatencyMicroseconds == 20)
    }
}
