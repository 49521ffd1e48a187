/// A grid of dots in braille characters: two dots wide and four high in each character cell.
struct BrailleCanvas {
    /// Bits of the dots of a cell (Unicode, block 2800), rows from the top, left then right.
    private static let bits: [[UInt8]] = [
        [0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80],
    ]

    let columns: Int
    let rows: Int
    private var cells: [UInt8]

    /// - Parameters: size in characters, at least 1.
    init(columns: Int, rows: Int) {
        self.columns = max(1, columns)
        self.rows = max(1, rows)
        cells = [UInt8](repeating: 0, count: self.columns * self.rows)
    }

    var dotColumns: Int { columns * 2 }
    var dotRows: Int { rows * 4 }

    /// Sets one dot, counted from the upper left corner; dots outside are ignored.
    mutating func set(x: Int, y: Int) {
        guard x >= 0, x < dotColumns, y >= 0, y < dotRows else { return }
        cells[y / 4 * columns + x / 2] |= BrailleCanvas.bits[y % 4][x % 2]
    }

    /// The dots of one cell as the low byte of its braille character; 0 is empty.
    func dots(column: Int, row: Int) -> UInt8 {
        guard column >= 0, column < columns, row >= 0, row < rows else { return 0 }
        return cells[row * columns + column]
    }

    /// Braille character of so many dots; an empty one is a space, which every font has.
    static func character(_ dots: UInt8) -> Character {
        dots == 0 ? " " : Character(Unicode.Scalar(UInt32(0x2800) + UInt32(dots)) ?? " ")
    }
}
