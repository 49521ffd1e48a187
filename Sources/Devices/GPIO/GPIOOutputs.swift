/// The output lines of a board: those of one chip that are driven alike are one request, written in
/// one call, when one of them changes.
package final class GPIOOutputs<Calls: GPIOCalls>: BoardUnit {
    package let name: String
    package var hasOutputs: Bool { true }

    private struct Group {
        let request: Int32
        /// Places in `outputs`; line 0 of the request first.
        let members: [Int]
        let safeValues: UInt64
        var values: UInt64
    }

    private struct Kind: Hashable {
        let chip: String
        let options: GPIOOptions
    }

    private let outputs: [GPIOOutput]
    private let cycleNanoseconds: UInt64
    private let calls: Calls
    private var groups: [Group] = []

    /// - Parameter cycleNanoseconds: a command is taken that late at most.
    package init(
        name: String, _ outputs: [GPIOOutput], cycleNanoseconds: UInt64, calls: Calls
    ) {
        self.name = name
        self.outputs = outputs
        self.cycleNanoseconds = cycleNanoseconds
        self.calls = calls
    }

    package func open(nowNanoseconds now: UInt64) throws(BoardFault) {
        var kinds: [Kind] = []
        var members: [Kind: [(place: Int, offset: UInt32)]] = [:]
        for (place, output) in outputs.enumerated() {
            let found = try output.address.resolve(calls)
            let kind = Kind(chip: found.chip, options: output.options)
            if members[kind] == nil { kinds.append(kind) }
            members[kind, default: []].append((place, found.offset))
        }
        for kind in kinds {
            try request(kind, members[kind] ?? [])
        }
    }

    private func request(
        _ kind: Kind, _ members: [(place: Int, offset: UInt32)]
    ) throws(BoardFault) {
        var safeValues: UInt64 = 0
        for (bit, member) in members.enumerated() where outputs[member.place].isOnWhenSafe {
            safeValues |= 1 << UInt64(bit)
        }
        do throws(CallFault) {
            let request = try calls.request(
                kind.chip, offsets: members.map(\.offset), kind.options, values: safeValues)
            calls.arm(request, values: safeValues)
            groups.append(
                Group(
                    request: request, members: members.map(\.place), safeValues: safeValues,
                    values: safeValues))
        } catch {
            let names = members.map { outputs[$0.place].address.text }
            throw BoardFault(names.joined(separator: ", "), error)
        }
    }

    package func serve(nowNanoseconds now: UInt64) throws(BoardFault) -> UInt64 {
        var next = now + cycleNanoseconds
        for index in groups.indices {
            var values: UInt64 = 0
            for (bit, place) in groups[index].members.enumerated() {
                if outputs[place].step(nowNanoseconds: now) { values |= 1 << UInt64(bit) }
                next = min(next, outputs[place].nextChangeNanoseconds)
            }
            if values != groups[index].values { try set(index, values) }
            for place in groups[index].members {
                outputs[place].channel.confirm(nowNanoseconds: now)
            }
        }
        return next
    }

    package func lose() {
        for output in outputs { output.channel.lose() }
        for group in groups {
            // The line may be gone, or only refuse: what can be done is tried.
            try? calls.set(group.request, values: group.safeValues)
            calls.release(group.request)
        }
        groups = []
    }

    package func close() -> Bool {
        groups.removeAll { group in
            do throws(CallFault) {
                try calls.set(group.request, values: group.safeValues)
            } catch {
                return false
            }
            calls.release(group.request)
            return true
        }
        return groups.isEmpty
    }

    private func set(_ index: Int, _ values: UInt64) throws(BoardFault) {
        do throws(CallFault) {
            try calls.set(groups[index].request, values: values)
            groups[index].values = values
        } catch {
            throw BoardFault(name, error)
        }
    }
}
