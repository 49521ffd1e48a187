import Control
import Episodes
import Foundation
import ModelFile
import Testing
import Tuning

@testable import Training

/// Weights of other programs against a law that NumPy computed (scripts/golden-imports.py).
@Suite("Imported weights")
struct ImportedWeightsTests {
    private struct Golden: Decodable {
        let integral: Double
        let tracking: Double
        let start: Double
        let setpoint: [Double]
        let measurement: [Double]
        let command: [Double]
    }

    private static let features = [
        LawFeature(.error, gain: 4), LawFeature(.measurementChange, gain: 15),
        LawFeature(.measurement, gain: 1), LawFeature(.command, gain: 1),
    ]

    private let golden: Golden

    init() throws {
        let content = try Data(contentsOf: URL(fileURLWithPath: Self.path("law.json")))
        golden = try JSONDecoder().decode(Golden.self, from: content)
    }

    private static func path(_ name: String, from file: String = #filePath) -> String {
        let root = file.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/Tests/Golden/imports/\(name)"
    }

    private static let layouts: [(String, WeightNames.Layout, String)] = [
        ("pytorch.safetensors", .pytorch, "ifgo"), ("keras.safetensors", .keras, "i, f, c, o"),
        ("half-icfo.safetensors", .pytorch, "icfo"),
    ]

    private func law(
        _ file: TensorFile, _ layout: WeightNames.Layout, order: String = "ifgo",
        features: [LawFeature] = Self.features
    ) throws -> FloatLaw {
        let names = try WeightNames(in: file, layout: layout)
        return try ImportedWeights(
            file, names, layout: layout, order: try #require(GateOrder(order)),
            ImportedWeights.Surroundings(
                features: features, integral: golden.integral, tracking: golden.tracking)
        ).law
    }

    /// Commands of lane 0 for the golden setpoints and measurements.
    private func commands<Law: LaneLaw>(_ law: inout Law) -> [Double] {
        law.start(
            output: Lanes(golden.measurement[0]), command: Lanes(golden.start))
        return zip(golden.setpoint, golden.measurement).map { setpoint, measurement in
            Double(
                law.command(setpoint: Lanes(setpoint), measurement: Lanes(measurement))[0])
        }
    }

    /// Single precision over 60 samples of a law whose gains stay below 20.
    private static let floatTolerance = 2e-6
    /// Hidden values have 16 bits (3e-5), output weights sum to less than 1, and the error is fed
    /// back through the command.
    private static let integerTolerance = 2e-4

    @Test("command what NumPy computed, in single precision and in integers", arguments: layouts)
    func commandsAgree(name: String, layout: WeightNames.Layout, order: String) throws {
        let imported = try law(try TensorFile.read(path: Self.path(name)), layout, order: order)
        var lanes = FloatLawLanes(imported)
        let worst = zip(commands(&lanes), golden.command).map { abs($0 - $1) }.max() ?? 1
        #expect(worst < Self.floatTolerance, "\(name): \(worst)")

        let model = try imported.model(
            envelope: 0...1,
            description: ModelDescription(origin: "test", family: "none", periodSeconds: 1))
        var loops = try LoopLanes(
            model, fallback: SamplePIDGains(proportional: 1, integral: 0.01, tracking: 0.1))
        let fixed = zip(commands(&loops), golden.command).map { abs($0 - $1) }.max() ?? 1
        #expect(fixed < Self.integerTolerance, "\(name): \(fixed)")
    }

    @Test("in another order of gates are another law")
    func orderMatters() throws {
        let file = try TensorFile.read(path: Self.path("pytorch.safetensors"))
        var right = FloatLawLanes(try law(file, .pytorch))
        var wrong = FloatLawLanes(try law(file, .pytorch, order: "icfo"))
        #expect(commands(&right) != commands(&wrong))
        for text in ["ifg", "ifgg", "ifgx", "ifgoo", ""] { #expect(GateOrder(text) == nil) }
    }

    @Test("say which tensors are theirs and which are not used")
    func unused() throws {
        let file = try TensorFile.read(path: Self.path("half-icfo.safetensors"))
        #expect(try WeightNames(in: file, layout: .pytorch).unused == ["log_std"])
    }

    // MARK: Refusals

    /// A file of float32 tensors, all of them `value`.
    private func file(_ tensors: [String: [Int]], value: Float = 0.5) throws -> TensorFile {
        var entries: [String] = []
        var payload = Data()
        for (name, shape) in tensors.sorted(by: { $0.key < $1.key }) {
            let begin = payload.count
            for _ in 0..<shape.reduce(1, *) {
                Self.append(UInt64(value.bitPattern), bytes: 4, to: &payload)
            }
            entries.append(
                #""\#(name)":{"dtype":"F32","shape":\#(shape),"#
                    + #""data_offsets":[\#(begin),\#(payload.count)]}"#)
        }
        let header = Data("{\(entries.joined(separator: ","))}".utf8)
        var content = Data()
        Self.append(UInt64(header.count), bytes: 8, to: &content)
        return try TensorFile(content + header + payload)
    }

    private static func append(_ value: UInt64, bytes: UInt64, to content: inout Data) {
        for byte in 0..<bytes { content.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
    }

    private static let whole = [
        "weight_ih_l0": [8, 4], "weight_hh_l0": [8, 2], "bias_ih_l0": [8], "bias_hh_l0": [8],
        "out.weight": [1, 2], "out.bias": [1],
    ]

    private func fault(
        _ layout: WeightNames.Layout = .pytorch, value: Float = 0.5,
        _ change: (inout [String: [Int]]) -> Void = { _ in }
    ) throws -> String? {
        var tensors = Self.whole
        change(&tensors)
        let file = try file(tensors, value: value)
        do {
            let law = try law(file, layout)
            _ = try law.model(
                envelope: 0...1,
                description: ModelDescription(origin: "test", family: "none", periodSeconds: 1))
            return nil
        } catch let fault as ModelFault {
            return fault.description
        }
    }

    @Test("are taken when they are whole")
    func wholeIsTaken() throws {
        #expect(try fault() == nil)
        #expect(try fault { $0["out.bias"] = nil } == nil)
    }

    @Test("that lack a tensor are refused with the name of it and of those that are there")
    func missing() throws {
        for name in ["weight_hh_l0", "bias_ih_l0", "bias_hh_l0"] {
            let text = try fault { $0[name] = nil } ?? ""
            #expect(text.contains("tensor \(name) "), "\(text)")
            #expect(text.contains("the file has") && text.contains("weight_ih_l0"), "\(text)")
        }
        let none = try fault { $0["weight_ih_l0"] = nil } ?? ""
        #expect(none.contains("LSTM") && none.contains("weight_hh_l0"), "\(none)")
        let output = try fault { $0["out.weight"] = nil } ?? ""
        #expect(output.contains("an output layer"), "\(output)")
        #expect(try fault(.keras)?.contains("recurrent_kernel") == true)
    }

    @Test("of another shape are refused with both shapes")
    func shapes() throws {
        let inputs = try fault { $0["weight_ih_l0"] = [8, 5] } ?? ""
        #expect(inputs.contains("[8, 5]") && inputs.contains("[8, 4]"), "\(inputs)")
        for (name, shape) in [
            ("weight_hh_l0", [2, 8]), ("weight_hh_l0", [8]), ("weight_hh_l0", [8, 2, 1]),
            ("bias_hh_l0", [4]), ("out.weight", [3, 2]), ("out.weight", [1, 3]),
            ("out.weight", [2]), ("out.bias", [2]), ("weight_ih_l0", [0, 4]),
        ] {
            #expect(try fault { $0[name] = shape } != nil, "\(name) \(shape)")
        }
        #expect(try fault { $0["weight_hh_l0"] = [260, 65] }?.contains("64 units") == true)
    }

    @Test("with more layers, directions or candidates are refused, or chosen by name")
    func layers() throws {
        for name in ["weight_ih_l1", "weight_ih_l0_reverse", "weight_hr_l0"] {
            #expect(try fault { $0[name] = [8, 4] }?.contains("one layer") == true)
        }
        let two = try fault { $0["head.weight"] = [1, 2] } ?? ""
        #expect(two.contains("weights.output") && two.contains("head."), "\(two)")
        var tensors = Self.whole
        tensors["head.weight"] = [1, 2]
        let names = try WeightNames(in: try file(tensors), layout: .pytorch, output: "head")
        #expect(names.outputWeight == "head.weight" && names.outputBias == nil)
    }

    @Test("that are not finite, or that no row of integers holds, are refused with their place")
    func values() throws {
        for value in [Float.nan, .infinity, -.infinity] {
            let text = try fault(value: value) ?? ""
            #expect(text.contains("[0, 0]") && text.contains("finite"), "\(text)")
        }
        let large = try fault(value: 1e6) ?? ""
        #expect(large.contains("input gate of unit 0"), "\(large)")
    }
}
