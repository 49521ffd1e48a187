import ArgumentParser
import Configuration

struct Reference: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the reference page of all configuration keys (Markdown).",
        discussion: """
            The page comes from the table that the parser itself uses.

            flyball reference > docs/configuration.md

            Exit codes: 0 ok; 2 usage.
            """)

    func run() {
        print(ReferencePage.markdown(), terminator: "")
    }
}
