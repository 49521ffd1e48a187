import FoundationEssentials
package import Episodes
package import ModelFile
import Training

/// Where laws come from: one file for every plant, or a directory with `NAME.fly` for each.
///
/// A conditional model is told each plant as a step test without noise finds it.
package struct ModelSource: Sendable {
    package let path: String
    private let single: Model?

    /// Why there is no law for a plant.
    package enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
        case missing(path: String)
        case damaged(path: String, ModelFault)
        /// Made for another sample time; seconds.
        case otherPeriod(path: String, made: Double, plant: String, needed: Double)

        package var description: String {
            switch self {
            case .missing(let path): "\(path): there is no such model"
            case .damaged(let path, let fault): "\(path): \(fault)"
            case .otherPeriod(let path, let made, let plant, let needed):
                "\(path): made for a sample every \(made) s; \"\(plant)\" has \(needed) s"
            }
        }
    }

    package init(path: String) throws(Fault) {
        self.path = path
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw .missing(path: path)
        }
        single = isDirectory ? nil : try Self.read(path)
    }

    /// The law for a family, at the family's sample time.
    package func model(for family: PlantFamily) throws(Fault) -> Model {
        let file = single == nil ? "\(path)/\(family.name).fly" : path
        let model: Model
        if let single { model = single } else { model = try Self.read(file) }
        if model.isConditional {
            do throws(ModelFault) {
                var told = try model.conditioned(on: ProcessCoordinates(family))
                told.description.periodSeconds = family.periodSeconds
                return told
            } catch {
                throw .damaged(path: file, error)
            }
        }
        let made = model.description.periodSeconds
        guard (made / family.periodSeconds - 1).magnitude <= Self.periodTolerance else {
            throw .otherPeriod(
                path: file, made: made, plant: family.name, needed: family.periodSeconds)
        }
        return model
    }

    /// A law made for another sample time is another law.
    private static let periodTolerance = 0.001

    private static func read(_ path: String) throws(Fault) -> Model {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
        do throws(ModelFault) {
            return try ModelReader.read(path: path)
        } catch {
            throw .damaged(path: path, error)
        }
    }
}
