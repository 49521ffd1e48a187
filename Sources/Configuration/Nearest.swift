/// Finds the word that a user most likely meant.
package enum Nearest {
    /// Longest word that is compared, in characters; bounds the cost of a hostile file.
    private static let wordLimit = 64

    /// The word with the smallest edit distance, unless even that one is too far to be meant: more
    /// than a third of the longer word, at least one. A word that only lacks its unit is meant: `ti` is
    /// `ti_s`.
    package static func word(to typed: String, among words: [String]) -> String? {
        let typedCharacters = Array(typed.lowercased().prefix(wordLimit + 1))
        guard typedCharacters.count <= wordLimit else { return nil }
        var best: (word: String, distance: Int)?
        for word in words {
            let characters = Array(word.lowercased())
            if word.hasPrefix(typed + "_") { return word }
            let longest = max(typedCharacters.count, characters.count)
            let distance = distance(typedCharacters, characters)
            guard distance <= max(1, longest / 3), distance < longest else { continue }
            if distance < best?.distance ?? Int.max { best = (word, distance) }
        }
        return best?.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
    /// (optimal string alignment).
    private static func distance(_ first: [Character], _ second: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...second.count)
        for row in 0..<first.count {
            var current = [row + 1]
            for column in 0..<second.count {
                let replaced = last[column] + (first[row] == second[column] ? 0 : 1)
                var cost = min(last[column + 1] + 1, current[column] + 1, replaced)
                let isSwap =
                    row > 0 && column > 0 && first[row] == second[column - 1]
                    && first[row - 1] == second[column]
                if isSwap { cost = min(cost, beforeLast[column - 1] + 1) }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[second.count]
    }
}
