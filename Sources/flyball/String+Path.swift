/// Paths as they are written, relative ones staying relative; slashes at the end do not count.
extension String {
    /// The directory that has what a path names: of "a/b" and "a/b/" "a", of "/a" "/", of "a" "".
    var parentPath: String {
        let named = withoutSlashesAtEnd
        guard let slash = named.lastIndex(of: "/") else { return hasPrefix("/") ? "/" : "" }
        let parent = String(named[..<slash]).withoutSlashesAtEnd
        return parent.isEmpty ? "/" : parent
    }

    /// What a path names: of "a/b" and "a/b/" "b".
    var lastPathComponent: String {
        let named = withoutSlashesAtEnd
        return named.lastIndex(of: "/").map { String(named[named.index(after: $0)...]) } ?? named
    }

    /// A file in the directory that this is a path of; "" is the working directory.
    func path(of file: String) -> String {
        isEmpty || hasSuffix("/") ? self + file : "\(self)/\(file)"
    }

    private var withoutSlashesAtEnd: String {
        var result = self
        while result.hasSuffix("/") { result.removeLast() }
        return result
    }
}
