import FoundationEssentials

extension TensorFile {
    /// Reads a file of tensors, with the limits and refusals of `ModelReader`.
    package static func read(path: String) throws(ModelFault) -> TensorFile {
        let content = try ModelReader.content(path: path)
        guard content.count <= ModelReader.byteLimit else {
            throw .tooLarge(found: content.count, limit: ModelReader.byteLimit)
        }
        return try TensorFile(content)
    }

    /// The elements of a floating-point tensor (F64, F32 or F16), row by row; all of them finite.
    ///
    /// - Parameter shape: what the tensor must have; at most two dimensions.
    package func floats(_ name: String, _ shape: [Int]) throws(ModelFault) -> [Double] {
        let found = try self.shape(of: name)
        guard found == shape else {
            throw .wrongShape(tensor: name, found: found, expected: shape)
        }
        let values: [Double]
        switch try type(of: name) {
        case "F64":
            values = try bits(name, UInt64.self, shape).map { Double(bitPattern: $0) }
        case "F32":
            values = try bits(name, UInt32.self, shape).map { Double(Float(bitPattern: $0)) }
        case "F16":
            values = try bits(name, UInt16.self, shape).map { Double(Float16(bitPattern: $0)) }
        case let other:
            throw .wrongType(tensor: name, found: other, expected: "F64, F32 or F16")
        }
        // Beyond a Float a weight could not be trained with, and could not be kept.
        if let index = values.firstIndex(where: { !Float($0).isFinite }) {
            let place = shape.count == 2 ? [index / shape[1], index % shape[1]] : [index]
            throw .illegalValue(
                key: "tensor \(name)\(place)", found: "\(values[index])",
                allowed: "finite numbers of single precision")
        }
        return values
    }
}
