internal import CZlib

/// CRC-32 as zlib computes it, which is the one MCAP prescribes.
enum Checksum {
    /// Continues `checksum` (0 to begin) over `bytes`.
    static func extend(_ checksum: UInt32, over bytes: some Collection<UInt8>) -> UInt32 {
        let continued = bytes.withContiguousStorageIfAvailable { buffer in
            unsafe UInt32(
                truncatingIfNeeded: crc32_z(UInt(checksum), buffer.baseAddress, buffer.count))
        }
        return continued ?? extend(checksum, over: Array(bytes))
    }

    static func of(_ bytes: some Collection<UInt8>) -> UInt32 {
        extend(0, over: bytes)
    }
}
