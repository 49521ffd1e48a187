"""Prints each function of the given files that is longer than 70 lines, from its first line to its brace.

    python3 scripts/function-lengths.py FILE...      (.swift, .c, .cpp, .py); exit 1 when there is one

Swift: `func`, `init`, `deinit` and `subscript` by matching braces, with comments and literals left out;
closures and computed properties count for the function around them. C: what begins with a brace at the
end of a line that is not indented. Python: `def`, as the interpreter's own parser sees it.
"""

import ast
import re
import sys

LIMIT = 70
# Longest first: a raw string, a string of several lines, a string, both kinds of comment.
IGNORED = re.compile(
    r'(#+)".*?"\1|"""(?:\\.|.)*?"""|"(?:\\\((?:[^()]|\([^()]*\))*\)|\\.|[^"\\\n])*"'
    r"|//[^\n]*|/\*.*?\*/",
    re.DOTALL,
)
DECLARATION = re.compile(
    r"(?<![\w.`])(?:func\s+(\S+?)\s*[(<]|(init)[?!]?\s*[(<]|(deinit)\s*\{|(subscript)\s*[(<])"
)


def blanked(text: str) -> str:
    """The text with comments and literals empty, on the same lines."""
    return IGNORED.sub(lambda match: "\n" * match.group().count("\n"), text)


def end_of_block(text: str, start: int) -> int | None:
    """Where the block closes that is the first to open behind `start`; None when there is none,
    as for a requirement of a protocol."""
    depth = parentheses = 0
    for position in range(start, len(text)):
        character = text[position]
        if depth == 0:
            parentheses += (character in "([") - (character in ")]")
            # The protocol ends, or another declaration begins, before any block does.
            if character == "}" or (
                parentheses == 0 and position > start and DECLARATION.match(text, position)
            ):
                return None
        if parentheses == 0:
            depth += (character == "{") - (character == "}")
            if character == "}" and depth == 0:
                return position
    return None


def swift(text: str):
    text = blanked(text)
    for match in DECLARATION.finditer(text):
        name = next(group for group in match.groups() if group)
        # The name of a declaration stands behind its keyword; `self.init(` and calls have no block.
        start = match.end() - 1
        end = end_of_block(text, start)
        if end is not None:
            first = text.count("\n", 0, match.start()) + 1
            yield name, first, text.count("\n", 0, end) + 1


def c(text: str):
    first = name = None
    for number, line in enumerate(blanked(text).split("\n"), 1):
        if line.endswith("{") and not line[0].isspace() and "(" in line:
            first, name = number, line.split("(")[0].split()[-1]
        elif line.startswith("}") and first:
            yield name, first, number
            first = None


def python(text: str):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno


def main() -> int:
    found = 0
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        functions = swift if path.endswith(".swift") else python if path.endswith(".py") else c
        for name, first, last in functions(text):
            if last - first + 1 > LIMIT:
                print(f"{path}:{first}: {name}: {last - first + 1} lines")
                found = 1
    return found


sys.exit(main())
