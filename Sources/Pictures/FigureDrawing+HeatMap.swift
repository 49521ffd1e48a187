extension FigureDrawing {
    /// The cells of a heat map, and the labels of its rows.
    mutating func drawHeatMap(_ map: HeatMap, in frame: PanelFrame) {
        for (colour, path) in map.paths(times: figure.times, frame: frame) {
            document.element(
                "path", ["d": path, "fill": colour, "shape-rendering": "crispEdges"])
        }
        guard !map.rows.isEmpty else { return }
        let height = frame.height / Double(map.rows.count)
        // Every second or third label where a row is lower than its text.
        let stride = max(1, Int((Self.labelHeight / height).rounded(.up)))
        document.open("g", ["text-anchor": "end", "fill": FigureDrawing.mutedColour])
        for (row, label) in map.rowLabels.prefix(map.rows.count).enumerated()
        where row % stride == 0 {
            let y = frame.top + (Double(row) + 0.5) * height + 4
            document.element(
                "text", ["x": Pixels.text(frame.left - 7), "y": Pixels.text(y)], content: label)
        }
        document.close()
    }

    private static var labelHeight: Double { 11 }

    /// The shade that a label of a heat map's scale stands for.
    static func scaleColour(_ index: Int, of map: HeatMap) -> String {
        let part = Double(index) / Double(max(1, map.scale.count - 1))
        return HeatMap.colour(HeatMap.shade(part) ?? 0)
    }
}
