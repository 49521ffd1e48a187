/// When a recorder closes chunks and files. Times are on the loop's clock.
package struct RecorderOptions: Equatable, Sendable {
    /// A file is closed and the next begun before it grows beyond this, its index included. A file
    /// holds at least one chunk, however small the limit.
    package var maxFileBytes: UInt64
    /// A chunk is written when it has this many bytes ...
    package var chunkBytes: Int = 64 << 10
    /// ... or when its first tick is this old: what a kill can lose.
    package var chunkAgeNanoseconds: UInt64 = 1_000_000_000
    /// At most this often is the file forced to the medium: what a loss of power can lose. 0 is
    /// after every chunk.
    package var synchronizeNanoseconds: UInt64 = 5_000_000_000
    /// After a fault a new file is attempted this often.
    package var retryNanoseconds: UInt64 = 5_000_000_000

    package init(maxFileBytes: UInt64) {
        self.maxFileBytes = maxFileBytes
    }
}
