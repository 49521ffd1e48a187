/// What the files of sysfs say, at set-up.
enum SysfsText {
    /// The text of a file, where a sensor that does not answer is a fault, too.
    static func require(_ path: String, _ calls: some FileCalls) throws(BoardFault) -> String {
        do throws(CallFault) {
            return try calls.read(path)
        } catch {
            throw BoardFault(path, error)
        }
    }

    static func write(
        _ path: String, _ text: String, _ calls: some FileCalls
    ) throws(BoardFault) {
        do throws(CallFault) {
            try calls.write(path, text)
        } catch {
            throw BoardFault(path, error)
        }
    }

    /// The names in a directory.
    static func list(_ directory: String, _ calls: some FileCalls) throws(BoardFault) -> [String] {
        do throws(CallFault) {
            return try calls.list(directory)
        } catch {
            throw BoardFault(directory, error)
        }
    }

    /// A number as sysfs writes it, when it is finite.
    static func number(_ text: String) -> Double? {
        guard let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// The directory of a device that is named by its path, by its entry in `root`, or by what its file
    /// `file` says.
    static func directory(
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
