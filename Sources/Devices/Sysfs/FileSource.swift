/// A quantity that the kernel shows in files.
package protocol FileSource: Sendable {
    /// Finds the files; throws when they are not there.
    mutating func open(_ calls: some FileCalls) throws(BoardFault)

    /// Reads them; throws when they are gone.
    mutating func measure(_ calls: some FileCalls) throws(BoardFault) -> FileMeasurement
}

extension FileSource {
    /// A file's text; `nil` when the sensor behind it does not answer.
    func read(_ path: String, _ calls: some FileCalls) throws(BoardFault) -> String? {
        do throws(CallFault) {
            return try calls.read(path)
        } catch {
            guard !error.isAbsence else { throw BoardFault(path, error) }
            return nil
        }
    }

    /// The text of a file at set-up, where a sensor that does not answer is a fault, too.
    func require(_ path: String, _ calls: some FileCalls) throws(BoardFault) -> String {
        do throws(CallFault) {
            return try calls.read(path)
        } catch {
            throw BoardFault(path, error)
        }
    }

    /// A number as sysfs writes it, when it is finite.
    func number(_ text: String) -> Double? {
        guard let number = Double(text), number.isFinite else { return nil }
        return number
    }

    func measurement(_ text: String?, thousandths: Bool = false) -> FileMeasurement {
        guard let text else { return .silent }
        guard let number = number(text) else { return .malformed }
        return .value(thousandths ? number / 1_000 : number)
    }

    /// The directory of a device that is named by its path, or by what its file `name` says.
    func directory(
        _ device: String, in root: String, named file: String, _ calls: some FileCalls
    ) throws(BoardFault) -> String {
        guard !device.hasPrefix("/") else { return device }
        var found: [String] = []
        do throws(CallFault) {
            for entry in try calls.list(root) {
                // One that goes away while it is looked at has no name.
                let name = try calls.readIfThere("\(root)/\(entry)/\(file)")
                if name == device || entry == device { found.append("\(root)/\(entry)") }
            }
        } catch {
            throw BoardFault(root, error)
        }
        guard let first = found.first else { throw .notFound("\(root): \(device)") }
        guard found.count == 1 else { throw .ambiguous("\(root): \(device)") }
        return first
    }
}
