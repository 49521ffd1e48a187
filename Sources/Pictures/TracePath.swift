/// The `d` attribute of a path, in the shortest commands: horizontal runs are one command however
/// many samples they cover.
struct TracePath {
    private var text = ""
    private var lastX = 0
    private var lastY = 0
    private var hasPoint = false
    private var pendsHorizontal = false
    private var isDot = false

    /// Goes to the next point in pixels: a line, or the begin of a piece after `lift`.
    mutating func add(x: Double, y: Double) {
        let newX = Pixels.tenths(x)
        let newY = Pixels.tenths(y)
        if !hasPoint {
            text += "M" + Pixels.text(tenths: newX) + " " + Pixels.text(tenths: newY)
            isDot = true
        } else if newY == lastY {
            pendsHorizontal = pendsHorizontal || newX != lastX
        } else {
            writeHorizontal()
            if newX == lastX {
                text += "V" + Pixels.text(tenths: newY)
            } else {
                text += "L" + Pixels.text(tenths: newX) + " " + Pixels.text(tenths: newY)
            }
            isDot = false
        }
        hasPoint = true
        lastX = newX
        lastY = newY
    }

    /// Ends the present piece. A piece of one point is a dot, not nothing.
    mutating func lift() {
        writeHorizontal()
        if isDot { text += "h0" }
        isDot = false
        hasPoint = false
    }

    /// The finished text; empty when no point was added.
    mutating func finished() -> String {
        lift()
        return text
    }

    private mutating func writeHorizontal() {
        guard pendsHorizontal else { return }
        text += "H" + Pixels.text(tenths: lastX)
        pendsHorizontal = false
        isDot = false
    }
}
