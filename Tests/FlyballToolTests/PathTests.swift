import Testing

@testable import flyball

@Suite("Paths as they are written")
struct PathTests {
    @Test(
        "A path lies in the directory that it leads into",
        arguments: [
            ("a/b", "a"), ("a/b/", "a"), ("/a/b", "/a"), ("/a", "/"), ("//a", "/"), ("/", "/"),
            ("a", ""), ("a/", ""), ("", ""), ("a//b", "a"),
        ])
    func parent(path: String, parent: String) {
        #expect(path.parentPath == parent)
    }

    @Test(
        "Its name is what comes after the last slash that is not at its end",
        arguments: [("a/b", "b"), ("a/b/", "b"), ("b", "b"), ("/b", "b"), ("", "")])
    func name(path: String, name: String) {
        #expect(path.lastPathComponent == name)
    }

    @Test("A file of a directory is a slash away, of the working directory none")
    func file() {
        #expect("a".path(of: "b") == "a/b")
        #expect("/".path(of: "b") == "/b")
        #expect("".path(of: "b") == "b")
    }
}
