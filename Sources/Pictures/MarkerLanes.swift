/// Places the labels of event markers above the first panel in up to three lanes, so that no
/// two overlap and no line runs through a label. A label without room is left out; its line stays, and shows the label when pointed at.
struct MarkerLanes {
    struct Place: Equatable {
        let label: String
        /// Horizontal place of the line.
        let x: Double
        /// Lane of the label, 0 nearest to the panel; nil when there is no room.
        let lane: Int?
        /// Whether the label ends at the line instead of beginning there.
        let isLeftward: Bool
    }

    static let fontSize = 10.5
    private static let lanesLimit = 3

    let places: [Place]
    /// Lanes in use.
    let count: Int

    init(_ markers: [EventMarker], frame: PanelFrame) {
        let visible = markers.filter {
            $0.time >= frame.times.low && $0.time <= frame.times.high
        }.sorted { $0.time < $1.time }
        var candidates: [Candidate] = []
        for marker in visible {
            let x = frame.x(marker.time)
            // One line a pixel: more cannot be seen, and the size stays bounded.
            if let previous = candidates.last, Int(previous.x) == Int(x) { continue }
            let width = Pixels.width(of: marker.label, fontSize: MarkerLanes.fontSize) + 8
            let isLeftward = x + width > frame.right + 10
            candidates.append(
                Candidate(
                    label: marker.label, x: x, from: isLeftward ? x - width : x,
                    to: isLeftward ? x : x + width))
        }
        // From right to left: a label that reaches over later lines has to stand above them.
        for index in candidates.indices.reversed() where !candidates[index].label.isEmpty {
            let lane = (0..<MarkerLanes.lanesLimit).first { lane in
                candidates[(index + 1)...].allSatisfy { !$0.collides(candidates[index], in: lane) }
            }
            candidates[index].lane = lane
        }
        places = candidates.map {
            Place(label: $0.label, x: $0.x, lane: $0.lane, isLeftward: $0.from < $0.x)
        }
        count = candidates.reduce(0) { max($0, ($1.lane ?? -1) + 1) }
    }

    private struct Candidate {
        let label: String
        /// Place of the line.
        let x: Double
        /// Left and right edge of the label.
        let from: Double
        let to: Double
        var lane: Int?

        /// Whether this one's label or line is in the way of another label in a lane, or of the
        /// line below it.
        func collides(_ other: Candidate, in lane: Int) -> Bool {
            guard let own = self.lane else { return false }
            let overlaps = from < other.to && other.from < to
            let ownLineCuts = own > lane && x > other.from - 2 && x < other.to
            let otherLineCuts = lane > own && other.x > from - 2 && other.x < to
            return own == lane && overlaps || ownLineCuts || otherLineCuts
        }
    }
}
