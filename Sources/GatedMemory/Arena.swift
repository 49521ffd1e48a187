/// A block of memory that somebody else allocated, handed out in order and never given back.
///
/// The core allocates nothing: a host makes one block, page-aligned and locked, and a controller
/// lays its weights, table and state out in it.
@safe
public struct Arena: ~Copyable {
    // Safe: every carved region lies inside the block and no two overlap.
    let base: UnsafeMutableRawPointer
    let byteCount: Int
    /// Bytes carved so far, gaps for alignment included.
    public private(set) var used = 0

    /// - Precondition: the block is zeroed, aligned to 16 bytes, writable, and outlives every
    ///   region carved from it.
    public init(unsafeBlock base: UnsafeMutableRawPointer, byteCount: Int) {
        unsafe self.base = base
        self.byteCount = byteCount
    }

    /// Bytes that are left, alignment considered.
    public var available: Int { byteCount - ((used + 15) & ~15) }

    /// The next `count` elements, zeroed and aligned to 16 bytes.
    ///
    /// - Precondition: they fit; whoever lays out an arena compares `available` with the footprint
    ///   of the whole layout first.
    public mutating func carve<Element: BitwiseCopyable>(
        _ count: Int, of type: Element.Type
    ) -> Region<Element> {
        precondition(count >= 0 && Self.footprint(count, of: type) <= available)
        let start = (used + 15) & ~15
        used = start + count * MemoryLayout<Element>.stride
        let memory = unsafe (base + start).bindMemory(to: type, capacity: count)
        return unsafe Region(unsafeBase: memory, count: count)
    }

    /// Bytes that `count` elements take in an arena, the gap for alignment included.
    public static func footprint<Element: BitwiseCopyable>(
        _ count: Int, of type: Element.Type
    ) -> Int {
        (count * MemoryLayout<Element>.stride + 15) & ~15
    }
}

/// Consecutive elements inside an arena.
@safe
public struct Region<Element: BitwiseCopyable>: ~Copyable {
    // Safe: only an arena makes one, of memory that outlives it and that no other region shares.
    @usableFromInline let base: UnsafeMutablePointer<Element>
    public let count: Int

    init(unsafeBase: UnsafeMutablePointer<Element>, count: Int) {
        unsafe base = unsafe unsafeBase
        self.count = count
    }

    @inlinable
    public var span: Span<Element> {
        @_lifetime(borrow self)
        get {
            let span = unsafe Span(_unsafeStart: base, count: count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    @inlinable
    public var mutableSpan: MutableSpan<Element> {
        @_lifetime(&self)
        mutating get {
            let span = unsafe MutableSpan(_unsafeStart: base, count: count)
            return unsafe _overrideLifetime(span, mutating: &self)
        }
    }

    @inlinable
    public subscript(index: Int) -> Element { span[index] }

    /// A method, since a settable subscript of a generic type allocates its coroutine frame.
    @inlinable
    public mutating func set(_ index: Int, to element: Element) {
        var span = mutableSpan
        span[index] = element
    }

    /// Copies `source` to the front of the region.
    ///
    /// - Precondition: `source.count <= count`.
    @inlinable
    public mutating func load(_ source: Span<Element>) {
        var target = mutableSpan
        for index in 0..<source.count {
            target[index] = source[index]
        }
    }
}
