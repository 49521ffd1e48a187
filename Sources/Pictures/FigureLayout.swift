/// Where everything of a figure lies, in pixels from the upper left corner.
struct FigureLayout {
    static let marginLeft = 58.0
    static let marginRight = 18.0
    static let headingHeight = 20.0
    static let laneHeight = 13.0
    static let panelGap = 14.0
    static let stripHeight = 15.0

    let axis: TimeAxis
    let tints: TintColumns
    let lanes: MarkerLanes
    /// Legends of the shaded intervals, beside the title.
    let tintLegend: Legend
    let legends: [Legend]
    /// Baselines of the panels' headings.
    let headings: [Double]
    let frames: [PanelFrame]
    /// Upper edge of the strip of interval labels; nil without intervals.
    let stripTop: Double?
    /// Upper edge of the row of time labels.
    let axisTop: Double
    let height: Int

    init(of figure: Figure) {
        let left = FigureLayout.marginLeft
        let width = Double(figure.width) - left - FigureLayout.marginRight
        let span = ValueSpan(of: [figure.times]) ?? ValueSpan(low: 0, high: 1)
        let page = PanelFrame(
            left: left, top: 0, width: width, height: 1, times: span,
            values: ValueSpan(low: 0, high: 1))
        axis = TimeAxis(
            span: span, limit: max(2, Int(width / 75)), isTime: figure.axisLabel == nil)
        tints = TintColumns(figure.intervals, frame: page)
        lanes = MarkerLanes(figure.markers, frame: page)
        let titleWidth = Pixels.width(of: figure.title, fontSize: 16) + 24
        tintLegend = Legend(
            labels: tints.kinds.map(\.label), left: left, width: width, indent: titleWidth)

        var top = figure.subtitle.isEmpty ? 38.0 : 56.0
        top += Double(tintLegend.extraRows) * FigureLayout.headingHeight
        var legends: [Legend] = []
        var headings: [Double] = []
        var frames: [PanelFrame] = []
        for (index, panel) in figure.panels.enumerated() {
            let headingWidth = Pixels.width(of: panel.heading, fontSize: 12) + 24
            let legend = Legend(
                labels: panel.legendLabels, left: left, width: width, indent: headingWidth)
            headings.append(top + 14)
            top += Double(1 + legend.extraRows) * FigureLayout.headingHeight
            if index == 0 { top += Double(lanes.count) * FigureLayout.laneHeight }
            frames.append(
                PanelFrame(
                    left: left, top: top, width: width, height: Double(panel.height), times: span,
                    values: panel.valueSpan))
            legends.append(legend)
            top += Double(panel.height) + FigureLayout.panelGap
        }
        self.legends = legends
        self.headings = headings
        self.frames = frames
        top -= FigureLayout.panelGap - 6
        stripTop = tints.runs.isEmpty ? nil : top
        axisTop = tints.runs.isEmpty ? top : top + FigureLayout.stripHeight + 3
        height = Int(axisTop) + 38
    }
}
