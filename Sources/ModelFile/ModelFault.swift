package import GatedMemory

/// Why a file is not a model that may run. Every case names what was found and what is allowed.
package enum ModelFault: Error, Equatable, Sendable {
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    case tooLarge(found: Int, limit: Int)
    /// The file ends before its header or its tensors do.
    case truncated(found: Int, needed: Int)
    /// The header is not the JSON object that a safetensors file begins with.
    case malformedHeader(String)
    case missing(String)
    case wrongType(tensor: String, found: String, expected: String)
    case wrongShape(tensor: String, found: [Int], expected: [Int])
    case illegalValue(key: String, found: String, allowed: String)
    case hashDiffers(found: String, expected: String)
    case network(LSTMFault)
    /// The integers do not compute what they computed when the file was written.
    case goldenTraceDiffers(steps: Int, found: UInt32, expected: UInt32)
}

extension ModelFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .unwritable(let path, let reason): "cannot write \(path): \(reason)"
        case .tooLarge(let found, let limit):
            "the file has \(found) bytes; at most \(limit) are allowed"
        case .truncated(let found, let needed):
            "the file is cut off: \(found) bytes, at least \(needed) needed"
        case .malformedHeader(let reason): "not a safetensors file: \(reason)"
        case .missing(let name): "\(name) is missing"
        case .wrongType(let tensor, let found, let expected):
            "tensor \(tensor) has type \(found); allowed: \(expected)"
        case .wrongShape(let tensor, let found, let expected):
            "tensor \(tensor) has shape \(found); allowed: \(expected)"
        case .illegalValue(let key, let found, let allowed):
            "\(key) is \(found); allowed: \(allowed)"
        case .hashDiffers(let found, let expected):
            "the content has SHA-256 \(found), the file says \(expected): it is damaged"
        case .network(let fault): "the weights cannot run: \(fault)"
        case .goldenTraceDiffers(let steps, let found, let expected):
            "after \(steps) steps the golden trace has CRC \(found), the file says \(expected)"
        }
    }
}
