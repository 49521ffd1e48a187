/// How a number stands in registers; raw values are the user's words.
package enum RegisterType: String, CaseIterable, Sendable {
    case u16
    case i16
    case u32
    case i32
    case f32

    /// The numbers that it holds.
    var range: ClosedRange<Double> {
        switch self {
        case .u16: 0...65_535
        case .i16: -32_768...32_767
        case .u32: 0...4_294_967_295
        case .i32: -2_147_483_648...2_147_483_647
        case .f32: -Double(Float.greatestFiniteMagnitude)...Double(Float.greatestFiniteMagnitude)
        }
    }

    var wordCount: Int {
        switch self {
        case .u16, .i16: 1
        case .u32, .i32, .f32: 2
        }
    }
}
