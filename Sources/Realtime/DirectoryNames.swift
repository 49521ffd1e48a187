import Glibc

/// The names in a directory.
package enum DirectoryNames {
    /// The number with which the system refused a directory.
    package struct Fault: Error, Equatable, Sendable {
        package let errno: Int32
    }

    /// Sorted, without those that begin with a point.
    package static func read(_ directory: String) throws(Fault) -> [String] {
        guard let stream = unsafe opendir(directory) else { throw Fault(errno: errno) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let name = unsafe next(stream) {
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    private static func next(_ stream: OpaquePointer) -> String? {
        // The entry is only as long as its name: it is read in place, not as a whole.
        guard let entry = unsafe readdir(stream),
            let offset = MemoryLayout<dirent>.offset(of: \.d_name)
        else { return nil }
        let name = unsafe UnsafeRawPointer(entry) + offset
        return unsafe String(cString: name.assumingMemoryBound(to: CChar.self))
    }
}
