import CRealtime

/// Some of the first 64 processors of the machine.
package struct ProcessorSet: BitwiseCopyable, Equatable, Sendable {
    /// Bit n stands for processor n.
    package let bits: UInt64

    /// - Returns: nothing when a number is outside 0 ... 63.
    package init?(_ numbers: [Int]) {
        var bits: UInt64 = 0
        for number in numbers {
            guard (0..<64).contains(number) else { return nil }
            bits |= 1 << UInt64(number)
        }
        self.bits = bits
    }

    /// Reads the kernel's form, "0-2,4"; numbers beyond 63 are left out.
    package init(kernelList text: String) {
        var bits: UInt64 = 0
        for part in text.split(whereSeparator: { $0 == "," || $0 == "\n" || $0 == " " }) {
            let ends = part.split(separator: "-").map { Int($0) }
            guard let low = ends.first ?? nil, let high = ends.last ?? nil,
                0 <= low, low <= min(high, 63)
            else { continue }
            for number in low...min(high, 63) {
                bits |= 1 << UInt64(number)
            }
        }
        self.bits = bits
    }

    package var numbers: [Int] { (0..<64).filter { bits >> UInt64($0) & 1 == 1 } }

    package var isEmpty: Bool { bits == 0 }

    /// The processors of this set that are not in the other one.
    package func subtracting(_ other: ProcessorSet) -> [Int] {
        numbers.filter { other.bits >> UInt64($0) & 1 == 0 }
    }

    package var text: String { numbers.map(String.init).joined(separator: ",") }

    /// Where the calling thread may run.
    package static func ofCurrentThread() -> ProcessorSet? {
        var bits: UInt64 = 0
        guard unsafe flyball_rt_processors(&bits) == 0 else { return nil }
        return ProcessorSet(bits: bits)
    }

    private init(bits: UInt64) { self.bits = bits }
}
