/// Memory for `count` elements, written once so that every page of it is there.
///
/// The bytes are zero, which need not be a value of the type: write before reading.
func prefaultedSlots<Element: BitwiseCopyable>(count: Int) -> UnsafeMutablePointer<Element> {
    let byteCount = MemoryLayout<Element>.stride * count
    let bytes = UnsafeMutableRawPointer.allocate(
        byteCount: byteCount, alignment: MemoryLayout<Element>.alignment)
    unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    return unsafe bytes.bindMemory(to: Element.self, capacity: count)
}
