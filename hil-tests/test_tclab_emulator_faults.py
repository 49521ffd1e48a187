"""Tests of the emulator's faults and its control channel, over its real pseudo-terminal."""

import math
import os
import struct
import unittest

from board_test import BoardTest
from emulator.fault import Fault, FaultError
from emulator.firmware import to_float, to_int
from serial_host import SerialHost


class FaultTests(BoardTest):
    """Each fault, on the line or at the plant."""

    def test_silence_executes_but_does_not_answer(self):
        emulator, host = self.board()
        emulator.control("fault silence@now")
        host.send(b"Q1 50\n")
        emulator.wait_for(lambda status: status["pwm1"] == 100)
        emulator.control("clear silence")
        self.assertEqual(host.ask(b"R1"), b"50.00")

    def test_deaf_silence_does_neither(self):
        emulator, host = self.board()
        emulator.control("fault silence@now+20:deaf")
        host.send(b"Q1 50\n")
        emulator.wait_for(lambda status: not status["faults"])
        self.assertEqual(host.ask(b"R1"), b"0.00")
        self.assertEqual(emulator.status()["commands"], {"R1": 1})

    def test_garbage_replaces_each_reply(self):
        emulator, host = self.board()
        emulator.control("fault garbage@now:20")
        host.send(b"VER\n")
        self.assertNotIn(b"TCLab", host.read_bytes(20))
        emulator.control("clear")
        self.assertEqual(host.ask(b"R1"), b"0.00")

    def test_half_stops_within_a_line(self):
        emulator, host = self.board()
        emulator.control("fault half@now")
        host.send(b"VER\n")
        self.assertEqual(host.read_bytes(21), b"TCLab Firmware 1.4.3 ")
        emulator.control("clear half")
        emulator.control("fault half@now:2")
        host.send(b"SCAN\n")
        lines = [host.read_line(), host.read_line(), host.read_bytes(2)]
        self.assertEqual(lines[2], b"0.")
        self.assertEqual(host.read_available(), b"")

    def test_flood_sends_lines_without_end_and_commands_still_act(self):
        emulator, host = self.board()
        emulator.control("fault flood@now:9.99")
        self.assertEqual([host.read_line() for _ in range(50)], [b"9.99"] * 50)
        host.send(b"Q1 50\n")
        while host.read_line() != b"50.00":
            pass
        emulator.control("clear flood")
        self.assertEqual(emulator.status()["pwm1"], 100)

    def test_text_in_place_of_temperatures(self):
        emulator, host = self.board("2.0.1")
        emulator.control("fault nan@now:1")
        self.assertEqual(host.ask(b"T1"), b"nan")
        self.assertRegex(host.ask(b"T2"), rb"^\d+\.\d\d\d$")
        host.send(b"T1B\n")
        self.assertTrue(math.isnan(struct.unpack("<f", host.read_bytes(4))[0]))
        emulator.control("clear")
        emulator.control("fault nan@now:2,-127.0")
        host.send(b"SCAN\n")
        lines = [host.read_line() for _ in range(4)]
        self.assertEqual(lines[1:], [b"-127.0", b"0.000", b"0.000"])

    def test_disconnect_hangs_up_and_reconnect_gives_a_new_terminal(self):
        emulator, host = self.board()
        host.ask(b"Q1 50")
        self.assertEqual(emulator.control("disconnect"), "ok")
        self.assertRaises((ConnectionError, OSError), host.read_line)
        self.assertFalse(os.path.lexists(emulator.link))
        status = emulator.status()
        self.assertEqual((status["connected"], status["pwm1"]), (False, 0))
        self.assertEqual(emulator.control("reconnect"), "ok")
        self.assertTrue(emulator.control("reconnect").startswith("error"))
        with SerialHost(emulator.link) as again:
            self.assertEqual(again.ask(b"R1"), b"0.00")

    def test_disconnect_ends_by_itself_and_a_powered_board_keeps_heating(self):
        emulator, host = self.board()
        host.ask(b"Q1 50")
        emulator.control("fault disconnect@now+30:powered")
        self.assertEqual(emulator.status()["pwm1"], 100)
        emulator.wait_for(lambda status: status["connected"])
        with SerialHost(emulator.link) as again:
            self.assertEqual(again.ask(b"R1"), b"50.00")

    def test_slow_replies_come_late_and_in_order(self):
        emulator, host = self.board(speed=100)
        emulator.control("fault slow@now:50")
        before = emulator.status()["t"]
        host.send(b"R1\nR2\nVER\n")
        self.assertEqual([host.read_line(), host.read_line()], [b"0.00", b"0.00"])
        self.assertGreater(emulator.status()["t"], before + 5)
        self.assertTrue(host.read_line().startswith(b"TCLab"))

    def test_stuck_freezes_the_reading_of_a_channel(self):
        emulator, host = self.board(speed=1000)
        emulator.control("fault stuck@now:1")
        frozen = host.ask(b"T1")
        host.ask(b"Q1 100")
        emulator.wait_for(lambda status: status["T1"] > 40)
        self.assertEqual(host.ask(b"T1"), frozen)
        emulator.control("clear stuck")
        self.assertGreater(float(host.ask(b"T1")), 39)

    def test_jump_adds_an_offset(self):
        emulator, host = self.board()
        emulator.control("fault jump@now:2,-15")
        self.assertAlmostEqual(float(host.ask(b"T1")), 21, delta=1)
        self.assertAlmostEqual(float(host.ask(b"T2")), 6, delta=1)

    def test_a_stuck_output_does_not_show_in_the_replies(self):
        emulator, host = self.board()
        host.ask(b"Q1 80")
        emulator.control("fault heater_stuck@now:output,1")
        self.assertEqual(host.ask(b"Q1 10"), b"10.00")
        self.assertEqual(emulator.status()["output1"], 80)
        emulator.control("clear")
        self.assertEqual(emulator.status()["output1"], 10)
        emulator.control("fault heater_stuck@now:output,both,100")
        self.assertEqual(host.ask(b"X"), b"Stop")
        status = emulator.status()
        self.assertEqual((status["output1"], status["output2"]), (100, 100))

    def test_a_wrong_echo_shows_and_the_output_is_right(self):
        emulator, host = self.board()
        emulator.control("fault heater_stuck@now:echo,1,5")
        self.assertEqual(host.ask(b"Q1 60"), b"5.00")
        self.assertEqual(host.ask(b"R1"), b"5.00")
        self.assertEqual(emulator.status()["output1"], 60)

    def test_an_ignored_command_shows_as_the_old_level(self):
        emulator, host = self.board()
        host.ask(b"Q1 60")
        emulator.control("fault heater_stuck@now:ignore,1")
        self.assertEqual(host.ask(b"Q1 10"), b"60.00")
        self.assertEqual(host.ask(b"X"), b"Stop")
        self.assertEqual(emulator.status()["output1"], 60)

    def test_a_reset_turns_the_heaters_off(self):
        emulator, host = self.board(board="uno")
        host.ask(b"Q1 60")
        emulator.control("fault reset@now")
        emulator.wait_for(lambda status: not status["deaf"] and status["boots"] == 2)
        self.assertEqual(host.ask(b"R1"), b"0.00")

    def test_a_fault_on_the_command_line_acts_at_its_simulated_time(self):
        emulator, host = self.board("1.4.3", "--fault", "jump@30+60:50", speed=100)
        begun = emulator.wait_for(lambda status: status["faults"])
        self.assertGreaterEqual(begun["t"], 30)
        emulator.wait_for(lambda status: not status["faults"])
        edges = [each for each in emulator.log() if each["event"].startswith("fault")]
        self.assertEqual([each["event"] for each in edges], ["fault begins", "fault ends"])
        self.assertGreaterEqual(edges[1]["t"], 90)

    def test_the_control_channel_says_what_is_wrong(self):
        emulator, _ = self.board()
        for line in ("", "nonsense", "fault", "fault x@now", "fault nan", "status now"):
            self.assertTrue(emulator.control(line).startswith("error "), line)
        for _ in range(64):
            emulator.control("fault nan@100000")
        self.assertIn("more than 64", emulator.control("fault nan@100000"))
        self.assertEqual(emulator.control("clear"), "ok")


class GrammarTests(unittest.TestCase):
    """The text of faults and numbers."""

    def test_times_and_arguments_are_read(self):
        fault = Fault("jump@1.5+2:2,-7", now=9)
        self.assertEqual((fault.start, fault.end), (1.5, 3.5))
        self.assertEqual((fault.channels, fault.offset), ((1,), -7))
        self.assertEqual(Fault("silence@now", now=9).start, 9)

    def test_wrong_faults_are_refused(self):
        wrong = (
            "silence", "silence@", "silence@-1", "silence@1+", "silence@1:loud", "garbage@1:0",
            "garbage@1:x", "slow@1:nan", "slow@1:-1", "jump@1", "jump@1:3,1", "jump@1:inf",
            "nan@1:3,x", "stuck@1:3", "heater_stuck@1:melt", "heater_stuck@1:echo,1,101",
            "flood@1:a\nb", "flood@1:" + "x" * 61, "reset@1:x", "number@1", "parse@1")
        for text in wrong:
            with self.subTest(text), self.assertRaises(FaultError):
                Fault(text)

    def test_numbers_are_read_as_the_board_reads_them(self):
        cases = {
            b"": 0, b"x": 0, b"-": 0, b".": 0, b"1.5e1x": 15, b"+7": 7, b".5": 0.5, b"5.": 5,
            b"1,5": 1, b"0x10": 0, b"1e": 1}
        for text, value in cases.items():
            with self.subTest(text):
                self.assertEqual(to_float(text), value)
        self.assertEqual(to_float(b"-Inf"), -math.inf)
        self.assertEqual([to_int(3.9), to_int(-3.9), to_int(40000.0)], [3, -3, -25536])


if __name__ == "__main__":
    unittest.main()
