import Configuration
import Foundation
import Testing

@Test("the example of the reference page is a valid configuration")
func exampleIsValid() throws {
    let settings = try parse(text: ReferencePage.example(), path: "example.toml")
    #expect(settings.simulation?.events.count == 1)
    #expect(settings.record != nil)
}

@Test("the committed reference page is what the option table gives")
func pageIsCurrent() throws {
    let page = try String(
        contentsOfFile: Repository.path("docs/configuration.md"), encoding: .utf8)
    let isCurrent = page == ReferencePage.markdown()
    #expect(isCurrent, "write ReferencePage.markdown() to docs/configuration.md")
}

@Test("every section and every key is on the reference page")
func pageIsComplete() {
    let page = ReferencePage.markdown()
    for section in OptionTable.sections {
        #expect(section.name == .root || page.contains("## `\(section.header)`"))
        for option in section.options {
            #expect(page.contains("| `\(option.key)` |"))
        }
    }
}
