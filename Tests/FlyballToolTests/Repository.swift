/// Finds files of the repository from a test.
enum Repository {
    static func path(_ relative: String, from file: String = #filePath) -> String {
        let root = file.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/\(relative)"
    }
}
