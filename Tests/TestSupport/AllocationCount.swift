/// What a piece of code asked of the heap.
package struct AllocationCount: Equatable, Sendable {
    /// No allocation and no release.
    package static let none = AllocationCount(allocations: 0, releases: 0, bytes: 0)

    package var allocations: UInt64
    package var releases: UInt64
    package var bytes: UInt64

    package init(allocations: UInt64, releases: UInt64, bytes: UInt64) {
        self.allocations = allocations
        self.releases = releases
        self.bytes = bytes
    }
}
