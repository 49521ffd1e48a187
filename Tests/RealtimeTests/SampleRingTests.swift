import Glibc
import Realtime
import TestSupport
import Testing

@Suite("Sample ring")
struct SampleRingTests {
    @Test("gives back what was pushed, in order, over many turns of the memory")
    func order() throws {
        let ring = try SampleRing<UInt64>(capacity: 4)
        var producer = ring.producer
        var consumer = ring.consumer
        for turn in 0..<100 as Range<UInt64> {
            let first = turn * 3
            let taken = [producer.push(first), producer.push(first + 1), producer.push(first + 2)]
            #expect(taken == [true, true, true])
            let popped = [consumer.pop(), consumer.pop(), consumer.pop(), consumer.pop()]
            #expect(popped == [first, first + 1, first + 2, nil])
        }
        let dropped = producer.dropped
        #expect(dropped == 0)
    }

    @Test("holds exactly its capacity, then drops the newest and counts it")
    func drops() throws {
        let ring = try SampleRing<UInt32>(capacity: 8)
        var producer = ring.producer
        var consumer = ring.consumer
        var taken: [Bool] = []
        for value in 0..<11 as Range<UInt32> { taken.append(producer.push(value)) }
        #expect(taken == [Bool](repeating: true, count: 8) + [false, false, false])
        let dropped = [producer.dropped, consumer.dropped]
        #expect(dropped == [3, 3])
        let oldest = consumer.pop()
        #expect(oldest == 0)
        producer.push(11)
        var drained: [UInt32] = []
        let count = consumer.drain { drained.append($0) }
        #expect(count == 8)
        #expect(drained == [1, 2, 3, 4, 5, 6, 7, 11])
    }

    struct WriteFailed: Error {}

    @Test("what the body of a drain did not see stays in the ring")
    func interruptedDrain() throws {
        let ring = try SampleRing<Int>(capacity: 4)
        var producer = ring.producer
        var consumer = ring.consumer
        for value in 0..<4 { producer.push(value) }
        do throws(WriteFailed) {
            try consumer.drain { value throws(WriteFailed) in
                if value == 1 { throw WriteFailed() }
            }
            Issue.record("the failure was lost")
        } catch {}
        let next = consumer.pop()
        let left = consumer.count
        #expect(next == 2)
        #expect(left == 1)
    }

    @Test("a capacity that is no power of two is refused", arguments: [3, 6, 1_000_000])
    func notPowerOfTwo(capacity: Int) {
        #expect(throws: RingFault.capacityNotPowerOfTwo(found: capacity)) {
            _ = try SampleRing<UInt8>(capacity: capacity).consumer.count
        }
    }

    @Test("a capacity out of range is refused", arguments: [Int.min, -4, 0, 1, 2_097_152, .max])
    func outOfRange(capacity: Int) {
        let expected = RingFault.capacityOutOfRange(found: capacity, allowed: 2...1_048_576)
        #expect(throws: expected) {
            _ = try SampleRing<UInt8>(capacity: capacity).consumer.count
        }
    }

    /// A record larger than a word, whose parts all tell the same number when it is whole.
    struct Sample: BitwiseCopyable, Sendable {
        var sequence: UInt64
        var complement: UInt64
        var copies: (UInt64, UInt64, UInt64, UInt64)

        init(_ number: UInt64) {
            sequence = number
            complement = ~number
            copies = (number, number, number, number)
        }

        var isWhole: Bool {
            complement == ~sequence && copies.0 == sequence && copies.1 == sequence
                && copies.2 == sequence && copies.3 == sequence
        }
    }

    @Test("between two threads nothing is torn, doubled, reordered or lost uncounted")
    func twoThreads() throws {
        let pushes: UInt64 = 200_000
        let ring = try SampleRing<Sample>(capacity: 64)
        var consumer = ring.consumer
        let done = StopFlag()
        let thread = try RealtimeThread(.test, context: ring.producer) { producer in
            var producer = producer
            for number in 0..<pushes { producer.push(Sample(number)) }
            done.raise()
        }
        var received: UInt64 = 0
        var last: UInt64?
        var torn = 0
        var misordered = 0
        func check(_ sample: Sample) {
            received += 1
            if !sample.isWhole { torn += 1 }
            if let last, sample.sequence <= last { misordered += 1 }
            last = sample.sequence
        }
        while !done.isRaised { consumer.drain(check) }
        thread.join()
        consumer.drain(check)
        #expect(torn == 0)
        #expect(misordered == 0)
        let dropped = consumer.dropped
        #expect(received + dropped == pushes)
        #expect(received >= 64)
    }

    @Test("with a patient producer every element arrives, in sequence")
    func lossless() throws {
        let elements: UInt64 = 100_000
        let ring = try SampleRing<Sample>(capacity: 16)
        var consumer = ring.consumer
        let thread = try RealtimeThread(.test, context: ring.producer) { producer in
            var producer = producer
            for number in 0..<elements {
                while !producer.push(Sample(number)) { sched_yield() }
            }
        }
        var gaps = 0
        var expected: UInt64 = 0
        while expected < elements {
            guard let sample = consumer.pop() else {
                sched_yield()
                continue
            }
            if !sample.isWhole || sample.sequence != expected { gaps += 1 }
            expected += 1
        }
        thread.join()
        #expect(gaps == 0)
        let left = consumer.count
        #expect(left == 0)
    }

    @Test("pushing and popping allocate nothing")
    func allocatesNothing() throws {
        let ring = try SampleRing<Sample>(capacity: 64)
        var producer = ring.producer
        var consumer = ring.consumer
        var popped: UInt64 = 0
        func use() {
            // Not `for in`: without optimisation, iterating over a range allocates.
            var number: UInt64 = 0
            while number < 1000 {
                producer.push(Sample(number))
                if number % 2 == 0, let sample = consumer.pop() { popped &+= sample.sequence }
                number += 1
            }
        }
        use()
        let counted = AllocationCounter.count { use() }
        #expect(counted == .none)
        let dropped = producer.dropped
        #expect(dropped > 0)
    }
}
