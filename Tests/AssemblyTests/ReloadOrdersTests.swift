import Assembly
import ControlSocket
import Testing

@Suite("Orders to reload")
struct ReloadOrdersTests {
    private static let report = ReloadReport(
        revision: 3, changedKeys: ["loop.setpoint"], replacedLaws: 1)

    @Test("nobody's order begins nothing; one that came begins once")
    func begins() {
        let orders = ReloadOrders()
        #expect(!orders.begin())
        orders.ask()
        #expect(orders.begin() && !orders.begin())
    }

    @Test("an order during a reload is for the next one, and each hears of its own")
    func during() {
        let orders = ReloadOrders()
        let first = orders.ask()
        let second = orders.ask()
        #expect(orders.begin())
        let third = orders.ask()
        #expect(orders.end(of: first) == nil)
        orders.finish(.refused("no"))
        #expect(orders.end(of: first) == .refused("no") && orders.end(of: second) == .refused("no"))
        #expect(orders.end(of: third) == nil)
        #expect(orders.begin())
        orders.finish(.taken(Self.report))
        #expect(orders.end(of: third) == .taken(Self.report))
        #expect(orders.end(of: first) == .refused("no"))
    }

    /// A desk, and a request to reload that it has taken.
    private func asked(_ orders: ReloadOrders) throws -> OperatorDesk {
        var desk = OperatorDesk(
            try Plain.settings(), models: [nil], realPeriodSeconds: 0.5, processID: 1,
            reloads: orders)
        let line = SocketLine(
            client: 3, peer: SocketPeer(user: 0, process: 9),
            bytes: Array(#"{"request":"reload"}"#.utf8))
        #expect(desk.take(line, now: 0) { _ in false } == nil)
        #expect(desk.replies(now: 0).isEmpty)
        return desk
    }

    @Test("the client hears what has changed, once, and the log who asked")
    func taken() throws {
        let orders = ReloadOrders()
        var desk = try asked(orders)
        #expect(orders.begin())
        orders.finish(.taken(Self.report))
        let replies = desk.replies(now: 1)
        #expect(replies.map(\.client) == [3] && replies.map(\.answer.ok) == [true])
        #expect(replies[0].answer.reload == Self.report)
        #expect(replies[0].note?.contains(#"{"request":"reload"}"#) == true)
        #expect(desk.replies(now: 2).isEmpty)
    }

    @Test("a refusal is told with its reason, cut to what an answer holds")
    func refused() throws {
        let orders = ReloadOrders()
        var desk = try asked(orders)
        #expect(orders.begin())
        orders.finish(.refused("f.toml:1:2: " + String(repeating: "\u{1}ä", count: 100_000)))
        let answer = try #require(desk.replies(now: 1).first).answer
        #expect(!answer.ok && answer.error?.hasPrefix("f.toml:1:2: ") == true)
        #expect(try ControlCoding.line(answer).count < SocketLimits.answerBytes)
    }

    @Test("one that does not end is answered as such after its time")
    func late() throws {
        let orders = ReloadOrders()
        var desk = try asked(orders)
        #expect(desk.replies(now: 99_999_999_999).isEmpty)
        let replies = desk.replies(now: 100_000_000_000)
        #expect(replies.map(\.answer.ok) == [false])
        #expect(replies[0].answer.error?.contains("has not ended yet") == true)
    }

    @Test("where nothing can be reloaded the request is refused")
    func none() throws {
        var desk = OperatorDesk(
            try Plain.settings(), models: [nil], realPeriodSeconds: 0.5, processID: 1)
        let line = SocketLine(
            client: 3, peer: SocketPeer(user: 0, process: 9),
            bytes: Array(#"{"request":"reload"}"#.utf8))
        #expect(desk.take(line, now: 0) { _ in true }?.answer.ok == false)
    }
}
