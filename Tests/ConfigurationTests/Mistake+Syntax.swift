extension Mistake {
    /// Texts that are not TOML: the first problem is the only one.
    static let syntax = [
        Mistake(
            "name = \"oven\"", "name = oven",
            """
            2:8: Error while parsing value: could not determine value type
            """),
        Mistake(
            "[realtime]", "[realtime",
            """
            5:10: Error while parsing table header: expected ']', saw '\\n'
            """),
        Mistake(
            "schema = 1", "schema = 1\nschema = 1",
            """
            2:10: Error while parsing key-value pair: cannot redefine existing integer \
            'schema'
            """),
        Mistake(
            "[realtime]", "[[[realtime]]]",
            """
            5:3: the text is not TOML from here on
            """),
        Mistake(
            "[realtime]", "µ = 3",
            """
            5:1: Error while parsing root table: expected keys, tables, whitespace or \
            comments, saw 'µ'
            """),
    ]
}
