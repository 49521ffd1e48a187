import TestSupport
import Testing

@Suite("Allocation counter")
struct AllocationCounterTests {
    @Test("counts what an array asks of the heap when it grows")
    func arrayAppend() {
        var numbers: [UInt64] = []
        let counted = AllocationCounter.count { numbers.append(1) }
        #expect(counted.allocations >= 1)
        #expect(counted.bytes >= 8)
        #expect(numbers == [1])
    }

    @Test("counts releases, too")
    func release() {
        let counted = AllocationCounter.count {
            unsafe UnsafeMutablePointer<UInt64>.allocate(capacity: 4).deallocate()
        }
        #expect(counted.allocations == 1)
        #expect(counted.releases == 1)
    }

    @Test("counts aligned allocations")
    func aligned() {
        let counted = AllocationCounter.count {
            unsafe UnsafeMutableRawPointer.allocate(byteCount: 256, alignment: 128).deallocate()
        }
        #expect(counted.allocations == 1)
        #expect(counted.releases == 1)
    }

    @Test("counts nothing where nothing is allocated")
    func nothing() {
        var sum: UInt64 = 0
        let counted = AllocationCounter.count {
            while sum < 4950 { sum &+= 1 }
        }
        #expect(counted == .none)
        #expect(sum == 4950)
    }
}
