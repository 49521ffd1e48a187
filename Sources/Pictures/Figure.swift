/// A picture of stacked panels over one time axis, written as SVG.
///
/// The text depends on nothing but the values: no locale, clock or random identifier, so equal
/// figures are equal bytes. Its size is bounded by its width, not by the number of samples. It
/// brings its own white ground and needs no style sheet, script or font, so that it looks the same
/// on a page of either brightness.
package struct Figure: Equatable, Sendable {
    package var title: String
    /// A second line under the title; empty for none.
    package var subtitle: String
    /// Seconds, ascending, common to all series; what `axisLabel` says where there is one.
    package var times: [Double]
    /// What the horizontal axis shows, unit included, where it is no time.
    package var axisLabel: String?
    package var panels: [Panel]
    package var intervals: [ShadedInterval]
    package var markers: [EventMarker]
    /// Width of the picture in pixels.
    package var width: Int

    /// - Parameter width: pixels, held to 300...4000.
    package init(
        title: String, subtitle: String = "", times: [Double], axisLabel: String? = nil,
        panels: [Panel],
        intervals: [ShadedInterval] = [], markers: [EventMarker] = [], width: Int = 900
    ) {
        self.title = title
        self.subtitle = subtitle
        self.times = times
        self.axisLabel = axisLabel
        self.panels = panels
        self.intervals = intervals
        self.markers = markers
        self.width = min(max(width, 300), 4_000)
    }

    /// The whole picture as the text of an SVG file.
    ///
    /// - Parameter prefix: begins every identifier: pictures within one page need different ones.
    /// - Complexity: O(samples) time, O(width times series) bytes: about 15 KB a series at most.
    package func svg(prefix: String = "") -> String {
        var drawing = FigureDrawing(
            figure: self, layout: FigureLayout(of: self), prefix: prefix)
        return drawing.drawn()
    }
}
