import Control

/// The input lines of a board that are read as they are: those of one chip that are taken alike are
/// one request, read in one call.
package final class GPIOInputs<Calls: GPIOCalls>: BoardUnit {
    package let name: String
    package var hasOutputs: Bool { false }

    private struct Group {
        let request: Int32
        /// Places in `inputs`; line 0 of the request first.
        let members: [Int]
    }

    private struct Kind: Hashable {
        let chip: String
        let options: GPIOOptions
    }

    private let inputs: [GPIOInput]
    private let cycleNanoseconds: UInt64
    private let calls: Calls
    private var groups: [Group] = []

    /// - Parameter cycleNanoseconds: from one reading to the next.
    package init(name: String, _ inputs: [GPIOInput], cycleNanoseconds: UInt64, calls: Calls) {
        self.name = name
        self.inputs = inputs
        self.cycleNanoseconds = cycleNanoseconds
        self.calls = calls
    }

    package func open(nowNanoseconds now: UInt64) throws(BoardFault) {
        var kinds: [Kind] = []
        var members: [Kind: [(place: Int, offset: UInt32)]] = [:]
        for (place, input) in inputs.enumerated() {
            let found = try input.address.resolve(calls)
            let kind = Kind(chip: found.chip, options: input.options)
            if members[kind] == nil { kinds.append(kind) }
            members[kind, default: []].append((place, found.offset))
            input.restart()
        }
        for kind in kinds {
            let own = members[kind] ?? []
            do throws(CallFault) {
                let request = try calls.request(
                    kind.chip, offsets: own.map(\.offset), kind.options, values: 0)
                groups.append(Group(request: request, members: own.map(\.place)))
            } catch {
                let names = own.map { inputs[$0.place].address.text }
                throw BoardFault(names.joined(separator: ", "), error)
            }
        }
    }

    package func serve(nowNanoseconds now: UInt64) throws(BoardFault) -> UInt64 {
        for group in groups {
            do throws(CallFault) {
                let values = try calls.get(group.request)
                for (bit, place) in group.members.enumerated() {
                    inputs[place].take(values >> UInt64(bit) & 1 != 0, nowNanoseconds: now)
                }
            } catch {
                throw BoardFault(name, error)
            }
        }
        return now + cycleNanoseconds
    }

    package func lose() {
        for input in inputs { input.channel.publish(.disconnected) }
        _ = close()
    }

    package func close() -> Bool {
        for group in groups { calls.release(group.request) }
        groups = []
        return true
    }
}
