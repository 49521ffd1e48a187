"""Tests of the TCLab emulator over its real pseudo-terminal.

Nothing here measures real time: waits end when something has happened, and fail after a time
that only a hung machine reaches.
"""

import os
import stat
import struct
import subprocess
import sys
import unittest

from board_test import BoardTest
from emulator.plant import Plant
from emulator_process import EmulatorProcess
from serial_host import SerialHost

#: One step of the converter and a margin for rounding in the text, in degrees Celsius.
STEP = 0.33


class FirmwareTests(BoardTest):
    """What each firmware does."""

    def test_1_4_3_answers_every_command_with_its_lines(self):
        emulator, host = self.board()
        self.assertEqual(host.ask(b"VER"), b"TCLab Firmware 1.4.3 Arduino Leonardo/Micro")
        self.assertEqual(host.ask(b"Q1 50"), b"50.00")
        self.assertEqual(host.ask(b"R1"), b"50.00")
        self.assertEqual(host.ask(b"q2 33.333"), b"33.33")
        self.assertEqual(host.ask(b"P1 150"), b"150.00")
        self.assertEqual(host.ask(b"LED 250"), b"100.00")
        host.send(b"SCAN\n")
        lines = [host.read_line() for _ in range(4)]
        self.assertAlmostEqual(float(lines[1]), 21.0, delta=30)
        self.assertRegex(lines[0], rb"^\d+\.\d\d$")
        self.assertEqual(lines[2:], [b"50.00", b"33.33"])
        self.assertEqual(host.ask(b"X"), b"Stop")
        self.assertEqual(host.ask(b"A"), b"Start")
        status = emulator.status()
        self.assertEqual((status["Q1"], status["Q2"], status["baud"]), (0, 0, 115200))
        self.assertEqual(status["commands"]["Q1"], 1)

    def test_values_are_clamped_and_garbage_is_zero(self):
        emulator, host = self.board()
        self.assertEqual(host.ask(b"Q1 250"), b"100.00")
        self.assertEqual(host.ask(b"Q1 -3"), b"0.00")
        self.assertEqual(host.ask(b"Q1 40x"), b"40.00")
        self.assertEqual(host.ask(b"Q1 x40"), b"0.00")
        host.ask(b"Q1 40")
        self.assertEqual(host.ask(b"Q1"), b"0.00")
        self.assertEqual(emulator.status()["pwm1"], 0)

    def test_not_a_number_becomes_full_power_as_the_macros_of_the_board_do(self):
        _, host = self.board()
        self.assertEqual(host.ask(b"Q1 nan"), b"100.00")

    def test_carriage_return_and_line_feed_end_one_command(self):
        emulator, host = self.board()
        host.send(b"Q1 10\r\nQ1 20\rR1\n")
        self.assertEqual([host.read_line() for _ in range(3)], [b"10.00", b"20.00", b"20.00"])
        self.assertEqual(emulator.status()["commands"], {"Q1": 2, "R1": 1})

    def test_an_unknown_command_turns_both_heaters_off_and_is_echoed(self):
        emulator, host = self.board()
        host.ask(b"Q1 50")
        host.ask(b"Q2 50")
        self.assertEqual(host.ask(b"hello world"), b"HELLO")
        status = emulator.status()
        self.assertEqual((status["pwm1"], status["pwm2"]), (0, 0))

    def test_a_line_longer_than_the_buffer_is_cut_into_unknown_commands(self):
        emulator, host = self.board()
        host.ask(b"Q1 50")
        self.assertEqual(host.ask(b"y" * 70), b"Y" * 64)
        self.assertEqual(host.read_line(), b"Y" * 5)
        self.assertEqual(emulator.status()["pwm1"], 0)

    def test_1_3_0_speaks_integers_and_echoes_x(self):
        emulator, host = self.board("1.3.0")
        self.assertEqual(host.ask(b"Q1 49.9"), b"49")
        self.assertEqual(host.ask(b"R1"), b"49")
        self.assertEqual(emulator.status()["pwm1"], 98)
        self.assertEqual(host.ask(b"Q1 40000"), b"0")
        host.send(b"SCAN\n")
        lines = [host.read_line() for _ in range(4)]
        self.assertRegex(lines[0], rb"^\d+\.\d\d$")
        self.assertEqual(lines[2:], [b"0", b"0"])
        self.assertEqual(host.ask(b"X"), b"X")

    def test_1_4_0_repeats_the_last_command_until_another_comes(self):
        emulator, host = self.board("1.4.0")
        host.ask(b"Q1 50")
        self.assertEqual([host.read_line() for _ in range(50)], [b"50.00"] * 50)
        host.send(b"VER\n")
        line = b"50.00"
        while line == b"50.00":
            line = host.read_line()
        self.assertTrue(line.startswith(b"TCLab Firmware 1.4.0"))
        self.assertEqual(host.read_line(), line)
        host.send(b"X\n")
        while host.read_line() != b"X":
            pass
        self.assertEqual(host.read_line(), b"X")
        self.assertEqual(emulator.status()["pwm1"], 0)

    def test_1_4_0_is_quiet_after_a_second_line_end(self):
        emulator, host = self.board("1.4.0")
        host.send(b"Q1 50\r\n")
        self.assertEqual(host.read_line(), b"50.00")
        started = emulator.status()["t"]
        emulator.wait_for(lambda status: status["t"] > started + 10)
        self.assertEqual(host.read_available(), b"")

    def test_1_01_ignores_the_unknown_and_has_no_r_p_scan_or_a(self):
        emulator, host = self.board("1.01", speed=20)
        host.send(b"R1\nP1 10\nSCAN\nA\nfoo\n")
        self.assertEqual(host.ask(b"VER"), b"TCLab Firmware Version 1.01")
        self.assertEqual(host.ask(b"V"), b"TCLab Firmware Version 1.01")
        self.assertEqual(host.ask(b"Q1 50"), b"50.00")
        self.assertEqual(emulator.status()["pwm1"], 100)
        host.send(b"X\r")
        self.assertEqual(host.read_line(), b"Stop")
        self.assertEqual(emulator.status()["pwm1"], 0)

    def test_1_01_cuts_the_heaters_at_100_degrees_and_says_so_unasked(self):
        emulator, host = self.board("1.01")
        host.ask(b"Q1 50")
        self.assertEqual(emulator.control("fault jump@now:1,90"), "ok")
        for _ in range(3):
            self.assertEqual(host.read_line(), b"High Temp 1 (>100C): ")
            self.assertGreaterEqual(float(host.read_line()), 100)
        self.assertEqual(emulator.status()["pwm1"], 0)

    def test_newer_firmware_does_not_cut_when_hot(self):
        emulator, host = self.board()
        host.ask(b"Q1 50")
        emulator.control("fault jump@now:90")
        self.assertGreater(float(host.ask(b"T1")), 100)
        self.assertEqual(emulator.status()["pwm1"], 100)

    def test_2_0_1_averages_and_has_three_decimals(self):
        _, host = self.board("2.0.1", "--noise", "0.5", speed=1)
        self.assertEqual(host.ask(b"Q1 50"), b"50.000")
        self.assertEqual(host.ask(b"P1 150"), b"150.00")
        readings = [host.ask(b"T2") for _ in range(20)]
        for reading in readings:
            self.assertRegex(reading, rb"^\d+\.\d\d\d$")
        steps = [(float(reading) + 50) / 0.322265625 for reading in readings]
        self.assertTrue(any(abs(step - round(step)) > 0.05 for step in steps))

    def test_2_0_1_binary_q2_drives_heater_1(self):
        emulator, host = self.board("2.0.1", speed=1)
        host.send(b"T1B\n")
        self.assertAlmostEqual(struct.unpack("<f", host.read_bytes(4))[0], 21, delta=STEP)
        host.send(b"Q1B 30\n")
        self.assertEqual(struct.unpack("<f", host.read_bytes(4))[0], 30)
        host.send(b"Q2B 70\n")
        self.assertEqual(struct.unpack("<f", host.read_bytes(4))[0], 0)
        status = emulator.status()
        self.assertEqual((status["Q1"], status["Q2"]), (70, 0))

    def test_readings_of_1_4_3_lie_on_the_steps_of_the_converter(self):
        _, host = self.board(speed=1)
        for _ in range(20):
            steps = (float(host.ask(b"T1")) + 50) / 0.3223
            self.assertAlmostEqual(steps, round(steps), delta=0.02)

    def test_0_03_says_stop_to_ver_and_sleeps_until_a(self):
        emulator, host = self.board("0.03", speed=1)
        self.assertEqual(host.ask(b"V"), b"TClab Firmware Version 0.03")
        self.assertEqual(host.ask(b"Q1 200"), b"150")
        self.assertEqual(emulator.status()["pwm1"], 150)
        self.assertEqual(host.ask(b"VER"), b"Stop")
        self.assertEqual(host.ask(b"Q1 100"), b"0")
        self.assertTrue(emulator.status()["asleep"])
        self.assertEqual(host.ask(b"A"), b"Start")
        self.assertEqual(host.ask(b"Q1 100"), b"100")

    def test_0_03_falls_asleep_after_300_seconds_without_a_command(self):
        emulator, host = self.board("0.03", speed=1000)
        host.ask(b"Q1 100")
        status = emulator.wait_for(lambda status: status["asleep"])
        self.assertGreater(status["since_q1"], 300)
        self.assertEqual(status["pwm1"], 0)

    def test_1_4_3_heats_for_ever_without_a_command(self):
        emulator, host = self.board("1.4.3", speed=1000)
        host.ask(b"Q1 100")
        status = emulator.wait_for(lambda status: (status["since_q1"] or 0) > 400)
        self.assertEqual(status["pwm1"], 200)


class PlantTests(BoardTest):
    """The heaters and sensors."""

    def test_the_steady_state_is_that_of_the_equations(self):
        plant = Plant(21.0, seed=1)
        plant.widths = [100, 0]
        plant.advance(5000)
        self.assertAlmostEqual(plant.sensors[0] - 21, 0.599 * 50, delta=0.05)
        plant.widths = [0, 0]
        plant.advance(10000)
        self.assertAlmostEqual(plant.sensors[0], 21, delta=0.01)

    def test_a_limit_acts_from_the_next_command_on(self):
        emulator, host = self.board()
        host.ask(b"Q1 50")
        host.ask(b"P1 100")
        self.assertEqual(emulator.status()["pwm1"], 100)
        host.ask(b"Q1 50")
        status = emulator.status()
        self.assertEqual((status["pwm1"], status["output1"]), (50, 25))

    def test_a_heater_warms_its_sensor_in_scaled_time(self):
        emulator, host = self.board(speed=1000)
        host.ask(b"Q1 100")
        status = emulator.wait_for(lambda status: status["T1"] > 60)
        self.assertGreater(status["H1"], status["T1"])
        self.assertGreater(status["T1"], status["T2"])
        self.assertGreater(status["t"], 60)


class LineTests(BoardTest):
    """Opening, closing, resets and the program around it."""

    def test_an_uno_resets_on_every_open_and_is_deaf_for_a_while(self):
        emulator, host = self.board(speed=10, board="uno")
        host.ask(b"Q1 50")
        host.close()
        status = emulator.wait_for(lambda status: not status["open"])
        self.assertEqual(status["pwm1"], 100)
        with SerialHost(emulator.link) as again:
            again.send(b"Q1 70\n")
            status = emulator.wait_for(lambda status: status["boots"] == 2)
            self.assertEqual(status["pwm1"], 0)
            emulator.wait_for(lambda status: not status["deaf"])
            self.assertEqual(again.ask(b"R1"), b"0.00")
        self.assertEqual(emulator.status()["commands"], {"Q1": 1, "R1": 1})

    def test_an_open_and_close_that_nobody_saw_still_resets_an_uno(self):
        emulator, host = self.board(board="uno")
        host.ask(b"Q1 50")
        host.close()
        os.close(os.open(emulator.link, os.O_RDWR | os.O_NOCTTY))
        status = emulator.wait_for(lambda status: status["closes"] == 2)
        self.assertEqual((status["boots"], status["pwm1"]), (2, 0))

    def test_a_leonardo_keeps_heating_over_an_open(self):
        emulator, host = self.board()
        host.ask(b"Q1 50")
        host.close()
        emulator.wait_for(lambda status: not status["open"])
        with SerialHost(emulator.link) as again:
            self.assertEqual(again.ask(b"R1"), b"50.00")

    def test_what_was_not_read_before_the_close_is_gone(self):
        emulator, host = self.board()
        host.send(b"VER\n")
        emulator.wait_for(lambda status: status["commands"])
        host.close()
        emulator.wait_for(lambda status: not status["open"])
        # Opened plainly: a SerialHost drops old bytes itself when it sets the port up.
        again = os.open(emulator.link, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        self.addCleanup(os.close, again)
        self.assertRaises(BlockingIOError, os.read, again, 100)

    def test_the_wrong_speed_gives_garbage_when_asked_to_check(self):
        emulator, host = self.board("1.01", "--check-baud")
        host.send(b"VER\n")
        started = emulator.status()["t"]
        emulator.wait_for(lambda status: status["t"] > started + 20)
        self.assertNotIn(b"TCLab", host.read_available())

    def test_sigterm_ends_cleanly_and_removes_link_and_socket(self):
        with EmulatorProcess() as emulator:
            self.assertTrue(os.path.islink(emulator.link))
            self.assertTrue(stat.S_ISSOCK(os.stat(emulator.control_path).st_mode))
            self.assertEqual(emulator.terminate(), 0)
            self.assertFalse(os.path.lexists(emulator.link))
            self.assertFalse(os.path.lexists(emulator.control_path))

    def test_an_existing_file_is_not_replaced_by_the_link(self):
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tclab_emulator.py")
        run = subprocess.run(
            [sys.executable, program, "--link", os.path.abspath(__file__)],
            capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 1)
        self.assertIn("is not a symbolic link", run.stderr)
        self.assertTrue(os.path.isfile(__file__))

    def test_the_log_holds_commands_and_heater_changes(self):
        emulator, host = self.board()
        host.ask(b"Q1 50")
        host.ask(b"X")
        log = emulator.log()
        commands = [(each["text"], each["reply"]) for each in log if each["event"] == "command"]
        self.assertEqual(commands, [("Q1 50", "50.00\r\n"), ("X", "Stop\r\n")])
        heaters = [
            (each["widths"], each["cause"]) for each in log if each["event"] == "heater"]
        self.assertEqual(heaters, [([100, 0], "Q1"), ([0, 0], "X")])
        self.assertLessEqual(log[0]["t"], log[-1]["t"])
        self.assertLessEqual(log[0]["monotonic"], log[-1]["monotonic"])


if __name__ == "__main__":
    unittest.main()
