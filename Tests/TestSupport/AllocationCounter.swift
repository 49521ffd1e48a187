import CAllocationCounter

/// Counts what a piece of code asks of the heap, on its own thread.
package enum AllocationCounter {
    /// Runs the body and counts its allocations; what other threads do meanwhile is not counted.
    ///
    /// Run the body once before: the first use of a generic type or a lazy global allocates once.
    /// Loop with `while` in it: without optimisation, each turn of `for in` over a range allocates.
    package static func count<Failure: Error>(
        _ body: () throws(Failure) -> Void
    ) throws(Failure) -> AllocationCount {
        flyball_allocation_count_start()
        do {
            try body()
        } catch {
            _ = flyball_allocation_count_stop()
            throw error
        }
        let counted = flyball_allocation_count_stop()
        return AllocationCount(
            allocations: counted.allocations, releases: counted.releases, bytes: counted.bytes)
    }
}
