public import GatedMemory

/// Lends a block of memory, laid out as a host would do it, for the length of a closure.
public enum TestArena {
    /// Runs the body with an arena of that many zeroed bytes, aligned to a page.
    ///
    /// Nothing carved from the arena may leave the body: the block is freed at its end.
    public static func with<Result: ~Copyable, Failure: Error>(
        bytes: Int, _ body: (inout Arena) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let block = UnsafeMutableRawPointer.allocate(byteCount: max(bytes, 1), alignment: 4_096)
        unsafe block.initializeMemory(as: UInt8.self, repeating: 0, count: max(bytes, 1))
        defer { unsafe block.deallocate() }
        var arena = unsafe Arena(unsafeBlock: block, byteCount: bytes)
        return try body(&arena)
    }
}
