/// Values of sigmoid and tanh from the independent implementation.
public struct GoldenActivations: Decodable, Sendable {
    /// tanh of cells of one format.
    public struct Cells: Decodable, Sendable {
        public let fractionBits: Int
        public let c: [Int32]
        public let tanh: [Int32]
    }

    private enum CodingKeys: String, CodingKey {
        case tableCRC32, packedZ = "z", packedSigma = "sigma", packedSigma15 = "sigma15"
        case packedTanh = "tanh", cells
    }

    public let tableCRC32: UInt32
    public let cells: [Cells]
    private let packedZ: Packed<Int32>
    private let packedSigma: Packed<UInt32>
    private let packedSigma15: Packed<UInt16>
    private let packedTanh: Packed<Int32>

    /// Arguments, Q26.
    public var z: [Int32] { packedZ.elements }
    /// Q31.
    public var sigma: [UInt32] { packedSigma.elements }
    /// Q15.
    public var sigma15: [UInt16] { packedSigma15.elements }
    /// Q31.
    public var tanh: [Int32] { packedTanh.elements }
}
