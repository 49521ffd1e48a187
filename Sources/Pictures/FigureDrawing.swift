/// Draws a laid-out figure into a document: ground, titles, panels from back to front, time axis.
struct FigureDrawing {
    private static let textColour = "#222222"
    static let mutedColour = "#5f6368"

    let figure: Figure
    let layout: FigureLayout
    private let prefix: String
    var document: SVGDocument

    init(figure: Figure, layout: FigureLayout, prefix: String = "") {
        self.figure = figure
        self.layout = layout
        self.prefix = prefix
        document = SVGDocument(width: figure.width, height: layout.height)
    }

    /// The finished text.
    mutating func drawn() -> String {
        document.element("title", [:], content: figure.title)
        document.element("rect", ["width": "100%", "height": "100%", "fill": "#ffffff"])
        drawTitles()
        for index in figure.panels.indices {
            drawGround(of: layout.frames[index], panel: figure.panels[index])
            drawHeading(of: index)
            drawCurves(of: index)
        }
        drawMarkers()
        for frame in layout.frames {
            drawRectangle(frame, fill: "none", stroke: "#9aa0a6")
        }
        drawStrip()
        drawTimeAxis()
        document.close()
        return document.text
    }

    private mutating func drawTitles() {
        let x = Pixels.text(FigureLayout.marginLeft)
        document.element(
            "text",
            [
                "x": x, "y": "27", "font-size": "16", "font-weight": "bold",
                "fill": FigureDrawing.textColour,
            ],
            content: figure.title)
        for entry in layout.tintLegend.entries {
            let kind = layout.tints.kinds[entry.index]
            let y = 27 + Double(entry.row) * FigureLayout.headingHeight
            document.element(
                "rect",
                [
                    "x": Pixels.text(entry.x), "y": Pixels.text(y - 9), "width": "22",
                    "height": "10", "fill": kind.tint.strip,
                ])
            drawText(kind.label, x: Legend.textX(entry), y: y, size: Legend.fontSize)
        }
        guard !figure.subtitle.isEmpty else { return }
        let extra = Double(layout.tintLegend.extraRows) * FigureLayout.headingHeight
        document.element(
            "text",
            [
                "x": x, "y": Pixels.text(45 + extra), "font-size": "12",
                "fill": FigureDrawing.mutedColour,
            ],
            content: figure.subtitle)
    }

    private mutating func drawGround(of frame: PanelFrame, panel: Panel) {
        for run in layout.tints.runs {
            document.element(
                "rect",
                [
                    "x": Pixels.text(run.x), "y": Pixels.text(frame.top),
                    "width": Pixels.text(run.width), "height": Pixels.text(frame.height),
                    "fill": run.tint.fill,
                ])
        }
        // A heat map has rows instead of values.
        let ticks = panel.heatMap == nil ? Ticks(span: frame.values, limit: panel.tickLimit) : nil
        var grid = ""
        for time in layout.axis.ticks.values {
            grid += "M\(Pixels.text(frame.x(time))) \(Pixels.text(frame.top))"
            grid += "V\(Pixels.text(frame.bottom))"
        }
        for value in ticks?.values ?? [] {
            grid += "M\(Pixels.text(frame.left)) \(Pixels.text(frame.y(value)))"
            grid += "H\(Pixels.text(frame.right))"
        }
        document.element(
            "path", ["d": grid, "fill": "none", "stroke": "#000000", "stroke-opacity": "0.1"])
        document.open("g", ["text-anchor": "end", "fill": FigureDrawing.mutedColour])
        for (value, label) in zip(ticks?.values ?? [], ticks?.labels ?? []) {
            drawBareText(label, x: frame.left - 7, y: frame.y(value) + 4)
        }
        document.close()
    }

    private mutating func drawHeading(of index: Int) {
        let panel = figure.panels[index]
        let baseline = layout.headings[index]
        document.element(
            "text",
            [
                "x": Pixels.text(FigureLayout.marginLeft), "y": Pixels.text(baseline),
                "font-size": "12", "font-weight": "bold", "fill": FigureDrawing.textColour,
            ],
            content: panel.heading)
        for entry in layout.legends[index].entries {
            let y = baseline + Double(entry.row) * FigureLayout.headingHeight
            drawSwatch(entry, of: panel, y: y)
            drawText(
                panel.legendLabels[entry.index], x: Legend.textX(entry), y: y,
                size: Legend.fontSize)
        }
    }

    private mutating func drawSwatch(_ entry: Legend.Entry, of panel: Panel, y: Double) {
        if let map = panel.heatMap {
            drawBox(entry, y: y, fill: Self.scaleColour(entry.index, of: map), opacity: "1")
            return
        }
        let series = panel.series[entry.index]
        if case .band = series.stroke {
            drawBox(entry, y: y, fill: series.ink.rawValue, opacity: "0.25")
        } else {
            drawPath("M\(Pixels.text(entry.x)) \(Pixels.text(y - 4))h22", series: series)
        }
    }

    private mutating func drawBox(
        _ entry: Legend.Entry, y: Double, fill: String, opacity: String
    ) {
        document.element(
            "rect",
            [
                "x": Pixels.text(entry.x), "y": Pixels.text(y - 9), "width": "22",
                "height": "10", "fill": fill, "fill-opacity": opacity,
            ])
    }

    private mutating func drawCurves(of index: Int) {
        let frame = layout.frames[index]
        if let map = figure.panels[index].heatMap {
            drawHeatMap(map, in: frame)
            return
        }
        document.open("clipPath", ["id": "\(prefix)panel\(index)"])
        drawRectangle(frame, fill: nil, stroke: nil)
        document.close()
        document.open("g", ["clip-path": "url(#\(prefix)panel\(index))"])
        for series in figure.panels[index].series {
            if case .band(let lower) = series.stroke {
                let path = BandPath.path(
                    times: figure.times, lower: lower, upper: series.values, frame: frame)
                guard !path.isEmpty else { continue }
                document.element(
                    "path",
                    ["d": path, "fill": series.ink.rawValue, "fill-opacity": "0.25"])
            } else {
                let path = ColumnDecimator.path(
                    times: figure.times, values: series.values, frame: frame,
                    isStepped: series.stroke != .line)
                guard !path.isEmpty else { continue }
                drawPath(path, series: series)
            }
        }
        document.close()
    }

    private mutating func drawMarkers() {
        guard let first = layout.frames.first, let last = layout.frames.last else { return }
        for place in layout.lanes.places {
            let lane = Double(place.lane ?? 0)
            let isLabelled = place.lane != nil
            let top = first.top - (isLabelled ? (lane + 1) * FigureLayout.laneHeight - 3 : 0)
            document.open(
                "path",
                [
                    "d": "M\(Pixels.text(place.x)) \(Pixels.text(top))V\(Pixels.text(last.bottom))",
                    "stroke": FigureDrawing.mutedColour, "stroke-dasharray": "2 3",
                ])
            document.element("title", [:], content: place.label)
            document.close()
            guard isLabelled else { continue }
            document.element(
                "text",
                [
                    "x": Pixels.text(place.x + (place.isLeftward ? -4 : 4)),
                    "y": Pixels.text(first.top - lane * FigureLayout.laneHeight - 4),
                    "font-size": "10.5", "fill": FigureDrawing.textColour,
                    "text-anchor": place.isLeftward ? "end" : "start",
                ],
                content: place.label)
        }
    }

    private mutating func drawStrip() {
        guard let top = layout.stripTop else { return }
        for run in layout.tints.runs {
            document.element(
                "rect",
                [
                    "x": Pixels.text(run.x), "y": Pixels.text(top), "width": Pixels.text(run.width),
                    "height": Pixels.text(FigureLayout.stripHeight), "fill": run.tint.strip,
                ])
            guard Pixels.width(of: run.label, fontSize: 10.5) + 6 <= run.width else { continue }
            document.element(
                "text",
                [
                    "x": Pixels.text(run.x + run.width / 2), "y": Pixels.text(top + 11.5),
                    "font-size": "10.5", "fill": FigureDrawing.textColour,
                    "text-anchor": "middle",
                ],
                content: run.label)
        }
    }

    private mutating func drawTimeAxis() {
        guard let frame = layout.frames.last else { return }
        document.open("g", ["text-anchor": "middle", "fill": FigureDrawing.mutedColour])
        for (time, label) in zip(layout.axis.ticks.values, layout.axis.ticks.labels) {
            drawBareText(label, x: frame.x(time), y: layout.axisTop + 11)
        }
        document.close()
        document.element(
            "text",
            [
                "x": Pixels.text(frame.left + frame.width / 2),
                "y": Pixels.text(layout.axisTop + 28), "font-size": "12", "font-weight": "bold",
                "fill": FigureDrawing.textColour, "text-anchor": "middle",
            ],
            content: figure.axisLabel ?? "Time (\(layout.axis.unit))")
    }

    private mutating func drawPath(_ path: String, series: Series) {
        let dashes = series.stroke == .dashed ? "6 4" : "none"
        document.element(
            "path",
            [
                "d": path, "fill": "none", "stroke": series.ink.rawValue, "stroke-width": "1.6",
                "stroke-linejoin": "round", "stroke-linecap": dashes == "none" ? "round" : "butt",
                "stroke-dasharray": dashes,
            ])
    }

    private mutating func drawRectangle(_ frame: PanelFrame, fill: String?, stroke: String?) {
        document.element(
            "rect",
            [
                "x": Pixels.text(frame.left), "y": Pixels.text(frame.top),
                "width": Pixels.text(frame.width), "height": Pixels.text(frame.height),
                "fill": fill ?? "#000000", "stroke": stroke ?? "none",
            ])
    }

    private mutating func drawText(_ content: String, x: Double, y: Double, size: Double) {
        document.element(
            "text",
            [
                "x": Pixels.text(x), "y": Pixels.text(y), "font-size": Pixels.text(size),
                "fill": FigureDrawing.textColour,
            ],
            content: content)
    }

    private mutating func drawBareText(_ content: String, x: Double, y: Double) {
        document.element("text", ["x": Pixels.text(x), "y": Pixels.text(y)], content: content)
    }
}
