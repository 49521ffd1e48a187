/// The layout of one record of an IIO buffer: the enabled channels in the order of their indexes, each
/// at a multiple of its own size, and the whole a multiple of the largest (the kernel's
/// `iio_compute_scan_bytes`).
package struct IIORecord: Equatable, Sendable {
    /// Where each element begins, in the order in which they were given.
    package let offsets: [Int]
    package let byteCount: Int

    /// - Parameter elements: with their indexes, in any order.
    package init(_ elements: [(index: Int, element: IIOElement)]) {
        var offsets = elements.map { _ in 0 }
        var end = 0
        for place in elements.indices.sorted(by: { elements[$0].index < elements[$1].index }) {
            let size = elements[place].element.byteCount
            offsets[place] = Self.aligned(end, to: size)
            end = offsets[place] + size
        }
        self.offsets = offsets
        byteCount = Self.aligned(end, to: elements.map(\.element.byteCount).max() ?? 1)
    }

    private static func aligned(_ offset: Int, to size: Int) -> Int {
        (offset + size - 1) / size * size
    }
}
